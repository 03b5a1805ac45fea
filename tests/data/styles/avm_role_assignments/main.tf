locals {
  role_definitions = {
    reader      = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
    contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c"
  }
}

resource "azapi_resource" "assignment" {
  for_each = var.role_assignments

  type      = "Microsoft.Authorization/roleAssignments@2022-04-01"
  parent_id = var.scope
  name      = uuidv5("url", "${var.scope}-${each.key}")
  body = {
    properties = {
      principalId      = each.value.principal_id
      principalType    = each.value.principal_type
      roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/${lookup(local.role_definitions, each.value.role, each.value.role)}"
      description      = each.value.description
    }
  }
}

variable "scope" { type = string }
variable "role_assignments" {
  type = map(object({
    principal_id   = string
    role           = string
    principal_type = optional(string)
    description    = optional(string)
  }))
}
