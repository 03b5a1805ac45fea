variable "parent_id" {
  type = string
}

variable "admin_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "password_version" {
  type    = number
  default = 1
}

resource "azapi_resource" "server" {
  type      = "Microsoft.DBforPostgreSQL/flexibleServers@2022-12-01"
  name      = "psql-shop"
  parent_id = var.parent_id
  location  = "westeurope"

  body = {
    sku = {
      name = "Standard_D2ds_v4"
      tier = "GeneralPurpose"
    }
    properties = {
      version            = "14"
      administratorLogin = "psqladmin"
      storage            = { storageSizeGB = 32 }
      backup = {
        backupRetentionDays = 7
        geoRedundantBackup  = "Disabled"
      }
      highAvailability = { mode = "Disabled" }
    }
  }

  sensitive_body = {
    properties = {
      administratorLoginPassword = var.admin_password
    }
  }

  sensitive_body_version = {
    "properties.administratorLoginPassword" = var.password_version
  }
}
