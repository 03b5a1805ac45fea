resource "azapi_resource" "identity" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  name      = "id1"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      clientId = "00000000-0000-0000-0000-000000000000"
    }
  }
}
variable "parent_id" {}
