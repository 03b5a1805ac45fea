locals {
  is_production = terraform.workspace == "production"
  sku           = local.is_production ? "Premium" : "Basic"
}

resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  name      = "registry${local.is_production ? "prod" : "test"}"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku = { name = local.sku }
    properties = local.is_production ? {
      zoneRedundancy = "Enabled"
      policies       = { retentionPolicy = { days = 30, status = "enabled" } }
    } : {
      zoneRedundancy = local.is_production ? "neverReached" : "Disabled"
      policies       = { retentionPolicy = { days = 0, status = "disabled" } }
    }
  }
}
variable "parent_id" {}
