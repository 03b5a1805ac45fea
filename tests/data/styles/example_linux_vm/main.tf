resource "azapi_resource" "virtualMachine" {
  type      = "Microsoft.Compute/virtualMachines@2023-03-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      hardwareProfile = { vmSize = "Standard_F2" }
      networkProfile = {
        networkInterfaces = [{
          id         = var.nic_id
          properties = { primary = false }
        }]
      }
      osProfile = {
        adminUsername = "testadmin"
        computerName  = "hostname230630032848831819"
        linuxConfiguration = {
          disablePasswordAuthentication = true
          ssh = {
            publicKeys = [{
              path    = "/home/testadmin/.ssh/authorized_keys"
              keyData = var.public_key
            }]
          }
        }
      }
      storageProfile = {
        imageReference = {
          offer     = "0001-com-ubuntu-server-jammy"
          publisher = "Canonical"
          sku       = "22_04-lts-gen2"
          version   = "latest"
        }
        osDisk = {
          caching                 = "ReadWrite"
          createOption            = "FromImage"
          name                    = "myosdisk1"
          writeAcceleratorEnabled = false
          diskSizeGB              = var.os_disk_size
        }
      }
    }
  }
}

resource "azapi_update_resource" "tag" {
  type        = "Microsoft.Compute/virtualMachines@2023-03-01"
  resource_id = azapi_resource.virtualMachine.id
  body = {
    properties = {
      diagnosticsProfile = { bootDiagnostics = { enabled = true } }
    }
  }
}
variable "parent_id" {}
variable "nic_id" {}
variable "public_key" {}
variable "os_disk_size" {
  type    = number
  default = null
}
