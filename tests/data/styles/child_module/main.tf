resource "azapi_resource" "group" {
  type      = "Microsoft.Network/networkSecurityGroups@2023-11-01"
  name      = "nsg-web"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-web"
  location  = "westeurope"
  body = {
    properties = {
      flushConnection = false
    }
  }
}

module "https" {
  source = "./modules/rule"

  name              = "https"
  security_group_id = azapi_resource.group.id
  rule = {
    access                   = "Allow"
    direction                = "Inbound"
    priority                 = 100
    protocol                 = "Tcp"
    sourceAddressPrefix      = "Internet"
    sourcePortRange          = "*"
    destinationAddressPrefix = "*"
    destinationPortRange     = "443"
  }
}

module "monitoring" {
  source   = "./modules/rule"
  for_each = { probes = 200, metrics = 210 }

  name              = each.key
  security_group_id = azapi_resource.group.id
  rule = {
    access                   = "Deny"
    direction                = "Outbound"
    priority                 = each.value
    protocol                 = "*"
    sourceAddressPrefix      = "*"
    sourcePortRange          = "*"
    destinationAddressPrefix = "AzureMonitor"
    destinationPortRange     = "*"
  }
}

output "rule_ids" {
  value = concat([module.https.id], [for rule in module.monitoring : rule.id])
}
