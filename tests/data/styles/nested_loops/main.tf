variable "parent_id" {
  type = string
}

variable "networks" {
  type = map(object({
    cidr = string
    subnets = map(object({
      bits        = number
      delegations = optional(list(string), [])
    }))
  }))
  default = {
    hub = {
      cidr    = "10.0.0.0/16"
      subnets = { gateway = { bits = 8 }, apps = { bits = 8, delegations = ["Microsoft.Web/serverFarms"] } }
    }
  }
}

locals {
  subnets = {
    for name, network in var.networks : name => [
      for subnet, value in network.subnets : {
        name = subnet
        properties = {
          addressPrefix = cidrsubnet(network.cidr, value.bits, index(keys(network.subnets), subnet))
          delegations = [
            for service in value.delegations : {
              name       = replace(service, "/", ".")
              properties = { serviceName = service }
            }
          ]
        }
      }
    ]
  }
}

resource "azapi_resource" "network" {
  for_each = var.networks

  type      = "Microsoft.Network/virtualNetworks@2023-11-01"
  name      = "vnet-${each.key}"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      addressSpace = { addressPrefixes = [each.value.cidr] }
      subnets      = local.subnets[each.key]
      dhcpOptions  = { dnsServers = flatten([["10.0.0.4"], ["10.0.0.5"]]) }
    }
  }
}

resource "azapi_resource" "table" {
  type      = "Microsoft.Network/routeTables@2023-11-01"
  name      = "rt-hub"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      disableBgpRoutePropagation = true
      routes = flatten([
        for name, network in var.networks : [
          for subnet, value in network.subnets : {
            name = "${name}-${subnet}"
            properties = {
              addressPrefix    = network.cidr
              nextHopType      = "VirtualAppliance"
              nextHopIpAddress = "10.0.0.4"
            }
          }
        ]
      ])
    }
  }
}
