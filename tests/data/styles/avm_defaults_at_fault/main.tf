resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  name      = var.name
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku = { name = "Premium" }
    properties = {
      zoneRedundancy      = var.zone_redundancy
      publicNetworkAccess = var.public_network_access
    }
  }
}
