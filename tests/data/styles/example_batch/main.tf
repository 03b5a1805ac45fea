resource "azapi_resource" "batchAccount" {
  type      = "Microsoft.Batch/batchAccounts@2022-10-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      encryption          = { keySource = "Microsoft.Batch" }
      poolAllocationMode  = "BatchService"
      publicNetworkAccess = "Enabled"
    }
  }
}

resource "azapi_resource" "pool" {
  type      = "Microsoft.Batch/batchAccounts/pools@2022-10-01"
  parent_id = azapi_resource.batchAccount.id
  name      = "acctest0001"
  body = {
    properties = {
      certificates = null
      deploymentConfiguration = {
        virtualMachineConfiguration = {
          imageReference = {
            offer     = "UbuntuServer"
            publisher = "Canonical"
            sku       = "18.04-lts"
            version   = "latest"
          }
          nodeAgentSkuId = "batch.node.ubuntu 18.04"
          osDisk         = { ephemeralOSDiskSettings = { placement = "" } }
        }
      }
      displayName            = ""
      interNodeCommunication = "Enabled"
      scaleSettings = {
        fixedScale = {
          nodeDeallocationOption = ""
          resizeTimeout          = "PT15M"
          targetDedicatedNodes   = 1
          targetLowPriorityNodes = 0
        }
      }
      taskSlotsPerNode = 1
      vmSize           = "STANDARD_A1"
    }
  }
  schema_validation_enabled = false
}
variable "parent_id" {}
