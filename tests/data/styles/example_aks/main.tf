resource "azapi_resource" "managedCluster" {
  type      = "Microsoft.ContainerService/managedClusters@2023-04-02-preview"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  identity {
    type         = "SystemAssigned"
    identity_ids = []
  }
  body = {
    properties = {
      agentPoolProfiles = [
        {
          count  = 1
          mode   = "System"
          name   = "default"
          vmSize = "Standard_DS2_v2"
        },
      ]
      dnsPrefix = "acctest0001"
    }
  }
  schema_validation_enabled = false
  response_export_values    = ["*"]
}

resource "azapi_resource_action" "stop" {
  count       = var.stopped ? 1 : 0
  type        = "Microsoft.ContainerService/managedClusters@2023-04-02-preview"
  resource_id = azapi_resource.managedCluster.id
  action      = "stop"
  method      = "POST"
}
variable "parent_id" {}
variable "stopped" {
  type    = bool
  default = false
}
