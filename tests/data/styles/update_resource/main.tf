variable "site_id" {
  type = string
}

variable "plan_name" {
  type    = string
  default = null
}

resource "azapi_update_resource" "site" {
  type        = "Microsoft.Web/sites@2023-12-01"
  resource_id = var.site_id

  body = {
    properties = {
      publicNetworkAccess = "Disabled"
      siteConfig = {
        ftpsState              = "Disabled"
        http20Enabled          = true
        healthCheckPath        = "/health"
        ipSecurityRestrictions = concat(local.offices, [])
      }
    }
  }
}

resource "azapi_update_resource" "subnet" {
  type      = "Microsoft.Network/virtualNetworks/subnets@2023-11-01"
  name      = "backend"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub"

  body = {
    properties = {
      delegations = [
        {
          name       = "sites"
          properties = { serviceName = "Microsoft.Web/serverFarms" }
        }
      ]
    }
  }

  depends_on = [azapi_update_resource.site]
}

locals {
  offices = [
    {
      name      = "headquarters"
      action    = "Allow"
      priority  = 100
      ipAddress = "198.51.100.0/24"
    },
  ]
}
