variable "parent_id" {
  type = string
}

variable "accounts" {
  type = map(object({
    kind  = optional(string, "GlobalDocumentDB")
    zones = optional(list(string), ["westeurope", "northeurope"])
  }))
  default = { main = {} }
}

locals {
  database = { properties = { resource = { id = "shop" }, options = { throughput = 400 } } }

  containers = {
    orders   = "/customer"
    products = "/category"
  }
}

resource "azapi_resource" "account" {
  for_each = var.accounts

  type      = "Microsoft.DocumentDB/databaseAccounts@2023-11-15"
  name      = "cosmos-${each.key}"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    kind = each.value.kind
    properties = {
      databaseAccountOfferType = "Standard"
      locations = [
        for index, name in each.value.zones : {
          locationName     = name
          failoverPriority = index
          isZoneRedundant  = index == 0
        }
      ]
      consistencyPolicy = {
        defaultConsistencyLevel = "Session"
      }
      capabilities = []
    }
  }
}

resource "azapi_resource" "database" {
  for_each = azapi_resource.account

  type      = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2023-11-15"
  name      = "shop"
  parent_id = each.value.id
  body      = local.database
}

resource "azapi_resource" "container" {
  for_each = local.containers

  type      = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2023-11-15"
  name      = each.key
  parent_id = azapi_resource.database["main"].id
  body = {
    properties = {
      resource = {
        id           = each.key
        partitionKey = { kind = "Hash", paths = [each.value] }
      }
    }
  }
}
