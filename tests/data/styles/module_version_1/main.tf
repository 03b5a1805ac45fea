terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 1.15"
    }
  }
}

resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2023-07-01"
  name      = "registry1"
  parent_id = var.parent_id
  location  = "westeurope"
  body = jsonencode({
    sku = { name = "Premium" }
    properties = {
      adminUserEnabled = var.admin
      policies = {
        exportPolicy = { status = "enabled" }
      }
    }
  })
  response_export_values = ["properties.loginServer"]
}

output "login_server" {
  value = jsondecode(azapi_resource.registry.output).properties.loginServer
}
variable "parent_id" {}
variable "admin" { type = bool }
