variable "parent_id" {
  type = string
}

variable "minimum_tls_version" {
  type    = string
  default = "1.2"
}

variable "zone_redundant" {
  type    = bool
  default = null
}

variable "persistence" {
  type = object({
    frequency = optional(string, "1h")
  })
  default = null
}

variable "site_config" {
  type = object({
    always_on = optional(bool, true)
    ftps      = optional(string, "Disabled")
  })
  default = {}
}

locals {
  properties = {
    for name, value in {
      zoneRedundant = var.zone_redundant
      workloadProfiles = var.zone_redundant == null ? null : [
        { name = "Consumption", workloadProfileType = "Consumption" },
      ]
      infrastructureResourceGroup = null
    } : name => value if value != null
  }

  without_nulls = { for name, value in local.site : name => value if value != null }

  site = {
    httpsOnly           = true
    publicNetworkAccess = null
    siteConfig = {
      alwaysOn      = var.site_config.always_on
      ftpsState     = var.site_config.ftps
      minTlsVersion = var.minimum_tls_version
    }
  }
}

resource "azapi_resource" "environment" {
  type      = "Microsoft.App/managedEnvironments@2024-03-01"
  name      = "cae-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = merge(local.properties, {
      peerAuthentication = {
        mtls = { enabled = true }
      }
    })
  }
}

resource "azapi_resource" "site" {
  type      = "Microsoft.Web/sites@2023-12-01"
  name      = "app-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body      = merge({ kind = "app" }, { properties = local.without_nulls })
}
