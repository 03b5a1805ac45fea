variable "factory_id" {
  type = string
}

variable "site_id" {
  type = string
}

variable "settings" {
  type    = map(string)
  default = {}
}

locals {
  vault_service = "AzureKeyVault"
}

resource "azapi_resource" "vault" {
  type      = "Microsoft.DataFactory/factories/linkedservices@2018-06-01"
  name      = "vault"
  parent_id = var.factory_id
  body = {
    properties = {
      type        = local.vault_service
      description = "Where the secrets are"
      typeProperties = {
        baseUrl = "https://kv-shop.vault.azure.net/"
      }
    }
  }
}

resource "azapi_resource" "storage" {
  type      = "Microsoft.DataFactory/factories/linkedservices@2018-06-01"
  name      = "storage"
  parent_id = var.factory_id
  body = {
    properties = merge({ type = "AzureBlobStorage" }, {
      annotations = ["raw"]
      typeProperties = {
        serviceEndpoint = "https://stdata.blob.core.windows.net/"
        accountKind     = "StorageV2"
      }
    })
  }
}

resource "azapi_resource" "settings" {
  type      = "Microsoft.Web/sites/config@2023-12-01"
  name      = "appsettings"
  parent_id = var.site_id
  body = {
    properties = merge(var.settings, {
      WEBSITE_RUN_FROM_PACKAGE = "1"
    })
  }
}

resource "azapi_resource" "logs" {
  type      = "Microsoft.Web/sites/config@2023-12-01"
  name      = "logs"
  parent_id = var.site_id
  body = {
    properties = {
      httpLogs = {
        fileSystem = {
          enabled         = true
          retentionInDays = 7
          retentionInMb   = 35
        }
      }
    }
  }
}
