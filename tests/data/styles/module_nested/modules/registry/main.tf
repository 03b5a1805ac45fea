resource "azapi_resource" "this" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  name      = var.name
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku        = { name = "Basic" }
    properties = var.settings
  }
}
variable "name" {}
variable "parent_id" {}
variable "settings" {
  type    = any
  default = {}
}
