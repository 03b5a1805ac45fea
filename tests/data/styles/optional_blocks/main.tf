variable "parent_id" {
  type = string
}

variable "lock" {
  type = object({
    kind = string
  })
  default = null
}

variable "role_assignments" {
  type = map(object({
    role_definition_id = string
    principal_id       = string
    principal_type     = optional(string, "ServicePrincipal")
    description        = optional(string)
    condition          = optional(string)
  }))
  default = {}
}

variable "customer_managed_key" {
  type = object({
    vault_uri = string
    key_name  = string
  })
  default = null
}

locals {
  encryption = var.customer_managed_key != null ? {
    keySource = "Microsoft.Keyvault"
    keyvaultproperties = {
      keyname     = var.customer_managed_key.key_name
      keyvaulturi = var.customer_managed_key.vault_uri
    }
  } : null
}

resource "azapi_resource" "account" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = "stshop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    kind = "StorageV2"
    sku  = { name = "Standard_LRS" }
    properties = merge(
      {
        minimumTlsVersion = "TLS1_2"
        networkAcls       = { bypass = "None", defaultAction = "Deny" }
      },
      local.encryption == null ? {} : { encryption = local.encryption },
    )
  }
}

resource "azapi_resource" "lock" {
  count = var.lock == null ? 0 : 1

  type      = "Microsoft.Authorization/locks@2020-05-01"
  name      = "lock"
  parent_id = azapi_resource.account.id
  body      = { properties = { level = var.lock.kind } }
}

resource "azapi_resource" "role_assignments" {
  for_each = var.role_assignments

  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  name      = uuidv5("url", each.key)
  parent_id = azapi_resource.account.id
  body = {
    properties = {
      for key, value in {
        roleDefinitionId = each.value.role_definition_id
        principalId      = each.value.principal_id
        principalType    = each.value.principal_type
        description      = each.value.description
        condition        = each.value.condition
      } : key => value if value != null
    }
  }
}
