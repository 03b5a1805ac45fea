resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  name      = "registry1"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku = { name = "Premium" }
    properties = merge(
      { dataEndpointEnabled = true },
      var.admin ? { adminUsrEnabled = true } : {},
    )
  }
}
variable "parent_id" {}
variable "admin" { type = bool }
