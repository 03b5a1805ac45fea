resource "azapi_resource" "private_endpoint" {
  for_each = var.private_endpoints

  type      = "Microsoft.Network/privateEndpoints@2023-11-01"
  name      = each.value.name != null ? each.value.name : "pe-${var.name}-${each.key}"
  parent_id = coalesce(each.value.resource_group_id, var.parent_id)
  location  = var.location
  tags      = each.value.tags
  body = {
    properties = {
      customNetworkInterfaceName = each.value.network_interface_name
      subnet                     = { id = each.value.subnet_resource_id }
      privateLinkServiceConnections = [{
        name = coalesce(each.value.private_service_connection_name, "pse-${var.name}")
        properties = {
          privateLinkServiceId = var.target_id
          groupIds             = [each.value.subresource_name]
        }
      }]
      ipConfigurations = [
        for key, ip in each.value.ip_configurations : {
          name = ip.name
          properties = {
            groupId          = each.value.subresource_name
            memberName       = each.value.subresource_name
            privateIPAddress = ip.private_ip_address
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "dns_zone_group" {
  for_each = { for key, endpoint in var.private_endpoints : key => endpoint if length(endpoint.private_dns_zone_resource_ids) > 0 }

  type      = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2023-11-01"
  name      = "default"
  parent_id = azapi_resource.private_endpoint[each.key].id
  body = {
    properties = {
      privateDnsZoneConfigs = [
        for id in each.value.private_dns_zone_resource_ids : {
          name       = replace(basename(id), ".", "-")
          properties = { privateDnsZoneId = id }
        }
      ]
    }
  }
}

variable "name" {}
variable "parent_id" {}
variable "location" {}
variable "target_id" {}
variable "private_endpoints" {
  type = map(object({
    name                            = optional(string)
    resource_group_id               = optional(string)
    network_interface_name          = optional(string)
    subnet_resource_id              = string
    subresource_name                = string
    private_service_connection_name = optional(string)
    private_dns_zone_resource_ids   = optional(set(string), [])
    ip_configurations               = optional(map(object({ name = string, private_ip_address = string })), {})
    tags                            = optional(map(string))
  }))
  default = {}
}
