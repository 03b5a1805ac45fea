data "azapi_client_config" "current" {}

data "azapi_resource" "group" {
  type      = "Microsoft.Resources/resourceGroups@2024-03-01"
  name      = "rg-shared"
  parent_id = "/subscriptions/${data.azapi_client_config.current.subscription_id}"
}

data "azapi_resource" "vault" {
  type        = "Microsoft.KeyVault/vaults@2023-07-01"
  resource_id = "${data.azapi_resource.group.id}/providers/Microsoft.KeyVault/vaults/kv-shared"

  response_export_values = {
    uri = "properties.vaultUri"
  }
}

data "azapi_resource_list" "networks" {
  type                   = "Microsoft.Network/virtualNetworks@2023-11-01"
  parent_id              = data.azapi_resource.group.id
  response_export_values = ["value"]
}

data "azapi_resource_id" "subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2023-11-01"
  parent_id = "${data.azapi_resource.group.id}/providers/Microsoft.Network/virtualNetworks/vnet-hub"
  name      = "backend"
}

resource "azapi_resource" "endpoint" {
  type      = "Microsoft.Network/privateEndpoints@2023-11-01"
  name      = "pe-vault"
  parent_id = data.azapi_resource.group.id
  location  = data.azapi_resource.group.location

  body = {
    properties = {
      customNetworkInterfaceName = "nic-vault"
      subnet = {
        id = data.azapi_resource_id.subnet.id
      }
      privateLinkServiceConnections = [
        {
          name = "vault"
          properties = {
            privateLinkServiceId = data.azapi_resource.vault.id
            groupIds             = ["vault"]
          }
        },
      ]
    }
  }
}

output "networks" {
  value = [for network in data.azapi_resource_list.networks.output.value : network.name]
}
