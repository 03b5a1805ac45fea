resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  parent_id = var.parent_id
  name      = "registry1"
  location  = "westeurope"
  body = {
    sku = { name = "Premium" }
    properties = {
      adminUserEnabled = "yes"
      policies = {
        retentionPolicy = {
          status = "enabledd"
          days   = "7"
        }
        quarantinePolicies = {}
      }
    }
  }
}
variable "parent_id" {}
