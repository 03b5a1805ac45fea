variable "parent_id" {
  type = string
}

variable "sku" {
  type = object({
    name     = string
    capacity = optional(number, 1)
  })
  default = {
    name = "GP_Gen5"
  }
}

variable "properties" {
  type = object({
    administratorLogin = optional(string, "sqladmin")
    minimalTlsVersion  = optional(string, "1.2")
    administrators = optional(object({
      azureADOnlyAuthentication = optional(bool, true)
      principalType             = optional(string, "Group")
      login                     = optional(string)
    }))
  })
  default = {
    administrators = {
      login = "admins"
    }
  }
}

variable "collations" {
  type    = map(string)
  default = { orders = "SQL_Latin1_General_CP1_CI_AS" }
}

resource "azapi_resource" "server" {
  type      = "Microsoft.Sql/servers@2021-11-01"
  name      = "sql-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = var.properties
  }
}

resource "azapi_resource" "database" {
  for_each = var.collations

  type      = "Microsoft.Sql/servers/databases@2021-11-01"
  name      = each.key
  parent_id = azapi_resource.server.id
  location  = "westeurope"
  body = {
    sku = var.sku
    properties = {
      collation                        = each.value
      zoneRedundant                    = false
      requestedBackupStorageRedundancy = "Zone"
    }
  }
}
