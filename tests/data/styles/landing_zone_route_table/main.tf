resource "azapi_resource" "route_table" {
  type      = "Microsoft.Network/routeTables@2023-11-01"
  name      = "rt-spoke"
  parent_id = var.parent_id
  location  = var.location
  body = {
    properties = {
      disableBgpRoutePropagation = true
      routes = concat(
        [{ name = "default", properties = { addressPrefix = "0.0.0.0/0", nextHopType = "VirtualAppliance", nextHopIpAddress = var.firewall_ip } }],
        [for name, route in var.routes : {
          name = name
          properties = {
            addressPrefix    = route.prefix
            nextHopType      = route.next_hop_type
            nextHopIpAddress = route.next_hop_type == "VirtualAppliance" ? route.next_hop_ip : null
          }
        }],
      )
    }
  }
}

resource "azapi_resource" "nsg" {
  for_each  = var.rules
  type      = "Microsoft.Network/networkSecurityGroups@2023-11-01"
  name      = each.key
  parent_id = var.parent_id
  location  = var.location
  body = {
    properties = {
      securityRules = [
        for index, rule in each.value : {
          name = rule.name
          properties = {
            access                     = rule.allow ? "Allow" : "Deny"
            direction                  = title(lower(rule.direction))
            priority                   = 100 + index * 10
            protocol                   = coalesce(rule.protocol, "*")
            sourceAddressPrefix        = "*"
            sourcePortRange            = "*"
            destinationAddressPrefix   = length(rule.prefixes) == 1 ? rule.prefixes[0] : null
            destinationAddressPrefixes = length(rule.prefixes) == 1 ? null : rule.prefixes
            destinationPortRange       = rule.port
          }
        }
      ]
    }
  }
}
variable "parent_id" {}
variable "location" {}
variable "firewall_ip" {}
variable "routes" {
  type    = map(object({ prefix = string, next_hop_type = string, next_hop_ip = optional(string) }))
  default = {}
}
variable "rules" {
  type = map(list(object({
    name      = string
    allow     = bool
    direction = string
    protocol  = optional(string)
    prefixes  = list(string)
    port      = string
  })))
  default = {}
}
