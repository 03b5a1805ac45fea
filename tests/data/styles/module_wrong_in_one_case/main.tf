resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  name      = "registry1"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku = { name = "Premium" }
    properties = {
      policies = {
        quarantinePolicy = { status = var.quarantine ? "on" : "disabled" }
      }
    }
  }
}
variable "parent_id" {}
variable "quarantine" { type = bool }
