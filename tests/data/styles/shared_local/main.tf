variable "parent_id" {
  type = string
}

locals {
  plan_sku = {
    name     = "P1v3"
    capacity = 2
  }

  cors = { allowedOrigins = ["https://shop.example"], supportCredentials = false }

  api_settings = [for name in ["A", "B"] : { name = name, value = lower(name) }]
}

resource "azapi_resource" "plan" {
  type      = "Microsoft.Web/serverfarms@2023-12-01"
  name      = "asp-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    kind       = "linux"
    sku        = local.plan_sku
    properties = { reserved = true, zoneRedundant = true }
  }
}

resource "azapi_resource" "site" {
  count = 2

  type      = "Microsoft.Web/sites@2023-12-01"
  name      = "app-shop-${count.index}"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      serverFarmId = azapi_resource.plan.id
      siteConfig = {
        cors        = local.cors
        appSettings = concat(local.api_settings, [{ name = "C", value = "c" }])
      }
    }
  }
}

resource "azapi_resource" "slot" {
  type      = "Microsoft.Web/sites/slots@2023-12-01"
  name      = "staging"
  parent_id = azapi_resource.site[0].id
  location  = "westeurope"
  body = {
    properties = {
      siteConfig = { cors = local.cors, appSettings = local.api_settings }
    }
  }
}
