locals {
  subnets = {
    AzureFirewallSubnet = cidrsubnet(var.address_space, 4, 0)
    GatewaySubnet       = cidrsubnet(var.address_space, 5, 2)
    AzureBastionSubnet  = cidrsubnet(var.address_space, 4, 2)
  }
}

resource "azapi_resource" "hub" {
  type      = "Microsoft.Network/virtualNetworks@2024-01-01"
  name      = "vnet-hub"
  parent_id = var.parent_id
  location  = var.location
  body = {
    properties = {
      addressSpace = { addressPrefixes = [var.address_space] }
      subnets = [
        for name, prefix in local.subnets : {
          name = name
          properties = merge({ addressPrefix = prefix }, name == "GatewaySubnet" && var.route_table_id != null ? {
            routeTable = { id = var.route_table_id }
          } : {})
        }
      ]
    }
  }
}

resource "azapi_resource" "public_ip" {
  for_each  = toset(var.bastion ? ["bastion", "firewall"] : ["firewall"])
  type      = "Microsoft.Network/publicIPAddresses@2024-01-01"
  name      = "pip-${each.value}"
  parent_id = var.parent_id
  location  = var.location
  body = {
    sku        = { name = "Standard", tier = "Regional" }
    zones      = var.zones
    properties = { publicIPAllocationMethod = "Static" }
  }
}

resource "azapi_resource" "firewall" {
  type      = "Microsoft.Network/azureFirewalls@2024-01-01"
  name      = "afw-hub"
  parent_id = var.parent_id
  location  = var.location
  body = {
    zones = var.zones
    properties = {
      sku = { name = "AZFW_VNet", tier = var.firewall_tier }
      ipConfigurations = [{
        name = "ipconfig"
        properties = {
          subnet          = { id = "${azapi_resource.hub.id}/subnets/AzureFirewallSubnet" }
          publicIPAddress = { id = azapi_resource.public_ip["firewall"].id }
        }
      }]
      additionalProperties = var.dns_proxy ? { "Network.DNS.EnableProxy" = "true" } : {}
    }
  }
}
variable "address_space" {}
variable "parent_id" {}
variable "location" {}
variable "route_table_id" {
  type    = string
  default = null
}
variable "bastion" {
  type    = bool
  default = true
}
variable "zones" {
  type    = list(string)
  default = ["1", "2", "3"]
}
variable "firewall_tier" { default = "Standard" }
variable "dns_proxy" {
  type    = bool
  default = true
}
