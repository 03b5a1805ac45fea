locals {
  storage_settings = {
    AzureWebJobsStorage__accountName = var.storage_account_name
  }
  app_settings = merge(local.storage_settings, var.app_settings, var.insights == null ? {} : {
    APPLICATIONINSIGHTS_CONNECTION_STRING = var.insights
  })
}

resource "azapi_resource" "function_app" {
  type      = "Microsoft.Web/sites@2023-12-01"
  name      = var.name
  parent_id = var.parent_id
  location  = var.location
  body = {
    kind = "functionapp,linux"
    properties = {
      serverFarmId = var.plan_id
      functionAppConfig = {
        deployment = {
          storage = {
            type  = "blobContainer"
            value = "https://${var.storage_account_name}.blob.core.windows.net/deploy"
            authentication = {
              type = "SystemAssignedIdentity"
            }
          }
        }
        scaleAndConcurrency = {
          maximumInstanceCount = var.maximum_instances
          instanceMemoryMB     = var.memory
        }
        runtime = {
          name    = var.runtime
          version = var.runtime_version
        }
      }
      siteConfig = {
        appSettings = [for k, v in local.app_settings : { name = k, value = v }]
      }
    }
  }
  identity {
    type = "SystemAssigned"
  }
}
variable "name" {}
variable "parent_id" {}
variable "location" {}
variable "plan_id" {}
variable "storage_account_name" {}
variable "insights" {
  type    = string
  default = null
}
variable "app_settings" {
  type    = map(string)
  default = {}
}
variable "runtime" { default = "python" }
variable "runtime_version" { default = "3.11" }
variable "maximum_instances" {
  type    = number
  default = 100
}
variable "memory" {
  type    = number
  default = 2048
}
