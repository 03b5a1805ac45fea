resource "azapi_resource" "vnet" {
  type      = "Microsoft.Network/virtualNetworks@2023-11-01"
  parent_id = var.parent_id
  name      = var.name
  location  = var.location
  body = {
    extendedLocation = var.extended_location == null ? null : {
      name = var.extended_location.name
      type = var.extended_location.type
    }
    properties = {
      addressSpace = {
        addressPrefixes = var.address_space
      }
      bgpCommunities = var.bgp_community == null ? null : {
        virtualNetworkCommunity = var.bgp_community
      }
      dhcpOptions = var.dns_servers == null ? null : {
        dnsServers = var.dns_servers.dns_servers
      }
      enableDdosProtection = var.ddos_protection_plan != null ? var.ddos_protection_plan.enable : false
      ddosProtectionPlan   = var.ddos_protection_plan != null ? { id = var.ddos_protection_plan.id } : null
      encryption = var.encryption != null ? {
        enabled     = var.encryption.enabled
        enforcement = var.encryption.enforcement
      } : null
      flowTimeoutInMinutes = var.flow_timeout_in_minutes
    }
  }
  schema_validation_enabled = true
  tags                      = var.tags
}

resource "azapi_resource" "subnet" {
  for_each = var.subnets

  type      = "Microsoft.Network/virtualNetworks/subnets@2023-11-01"
  parent_id = azapi_resource.vnet.id
  name      = each.value.name
  locks     = [azapi_resource.vnet.id]
  body = {
    properties = {
      addressPrefixes = each.value.address_prefixes
      delegations = each.value.delegation == null ? null : [
        for delegation in each.value.delegation : {
          name       = delegation.name
          properties = { serviceName = delegation.service_delegation.name }
        }
      ]
      natGateway                     = try({ id = each.value.nat_gateway.id }, null)
      networkSecurityGroup           = each.value.network_security_group_id != null ? { id = each.value.network_security_group_id } : null
      privateEndpointNetworkPolicies = each.value.private_endpoint_network_policies
      serviceEndpoints               = [for service in coalesce(each.value.service_endpoints, []) : { service = service }]
    }
  }
}
