variable "parent_id" {
  type = string
}

variable "premium" {
  type    = bool
  default = false
}

variable "network" {
  type = object({
    subnet_id = string
  })
  default = null
}

locals {
  sku = var.premium ? { name = "Premium" } : { name = "Basic" }

  premium_properties = {
    networkRuleSet = {
      defaultAction = "Deny"
      ipRules       = [{ action = "Allow", value = "203.0.113.0/24" }]
    }
    zoneRedundancy = "Enabled"
  }

  basic_properties = {
    adminUserEnabled = false
  }
}

resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2023-07-01"
  name      = "crshop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku        = local.sku
    properties = merge(local.basic_properties, { for name, value in local.premium_properties : name => value if var.premium })
  }
}

resource "azapi_resource" "group" {
  type      = "Microsoft.ContainerInstance/containerGroups@2023-05-01"
  name      = "ci-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = var.network == null ? {
    properties = {
      osType        = "Linux"
      restartPolicy = "Never"
      containers    = local.containers
    }
    } : {
    properties = {
      osType     = "Linux"
      subnetIds  = [{ id = var.network.subnet_id }]
      containers = local.containers
    }
  }
}

locals {
  containers = [
    {
      name = "shop"
      properties = {
        image     = "mcr.microsoft.com/azuredocs/aci-helloworld"
        resources = { requests = { cpu = 1, memoryInGB = 1.5 } }
        ports     = [{ port = 80, protocol = "TCP" }]
      }
    },
  ]
}
