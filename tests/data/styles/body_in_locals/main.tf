data "azapi_client_config" "current" {}

resource "azapi_resource" "group" {
  type      = "Microsoft.Resources/resourceGroups@2024-03-01"
  name      = "rg-network"
  parent_id = "/subscriptions/${data.azapi_client_config.current.subscription_id}"
  location  = "westeurope"
}

resource "azapi_resource" "network" {
  type      = "Microsoft.Network/virtualNetworks@2023-11-01"
  name      = "vnet-hub"
  parent_id = azapi_resource.group.id
  location  = azapi_resource.group.location
  body      = local.virtual_network
}
