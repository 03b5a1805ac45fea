variable "parent_id" {
  type = string
}

locals {
  security_rules = {
    https = {
      priority             = 100
      access               = "Allow"
      direction            = "Inbound"
      protocol             = "Tcp"
      destinationPortRange = "443"
    }
    all = {
      priority             = 4096
      access               = "Deny"
      direction            = "Inbound"
      protocol             = "*"
      destinationPortRange = "*"
    }
  }

  anywhere = {
    sourceAddressPrefix      = "*"
    sourcePortRange          = "*"
    destinationAddressPrefix = "*"
  }
}

resource "azapi_resource" "rule" {
  for_each = local.security_rules

  type      = "Microsoft.Network/networkSecurityGroups/securityRules@2023-11-01"
  name      = each.key
  parent_id = var.parent_id
  body = {
    properties = merge(local.anywhere, each.value)
  }
}

resource "azapi_resource" "zone" {
  for_each = toset(["blob", "queue"])

  type      = "Microsoft.Network/privateDnsZones@2020-06-01"
  name      = "privatelink.${each.value}.core.windows.net"
  parent_id = var.parent_id
  location  = "global"
  body = {
    properties = {}
  }
}

resource "azapi_resource" "link" {
  for_each = {
    hub   = { registration = true, network = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub" }
    spoke = { registration = false, network = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-spoke" }
  }

  type      = "Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01"
  name      = each.key
  parent_id = azapi_resource.zone["blob"].id
  location  = "global"
  body = {
    properties = {
      registrationEnabled = each.value.registration
      virtualNetwork      = { id = each.value.network }
    }
  }
}
