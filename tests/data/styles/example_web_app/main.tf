resource "azapi_resource" "serverfarm" {
  type      = "Microsoft.Web/serverfarms@2022-09-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    kind = "linux"
    properties = {
      hyperV         = false
      perSiteScaling = false
      reserved       = true
      zoneRedundant  = false
    }
    sku = { name = "S1" }
  }
}

resource "azapi_resource" "site" {
  type      = "Microsoft.Web/sites@2022-09-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      clientAffinityEnabled = false
      enabled               = true
      httpsOnly             = false
      reserved              = false
      serverFarmId          = azapi_resource.serverfarm.id
      siteConfig = {
        acrUseManagedIdentityCreds = false
        alwaysOn                   = true
        appSettings                = [for name, value in var.settings : { name = name, value = value }]
        ftpsState                  = "Disabled"
        http20Enabled              = false
        loadBalancing              = "LeastRequests"
        managedPipelineMode        = "Integrated"
        minTlsVersion              = "1.2"
      }
    }
  }
}

resource "azapi_resource" "appsettings" {
  type      = "Microsoft.Web/sites/config@2022-09-01"
  parent_id = azapi_resource.site.id
  name      = "appsettings"
  body = {
    properties = { for key, value in var.settings : upper(key) => value }
  }
}

resource "azapi_resource" "logs" {
  type      = "Microsoft.Web/sites/config@2022-09-01"
  parent_id = azapi_resource.site.id
  name      = "logs"
  body = {
    properties = {
      detailedErrorMessages = { enabled = true }
      failedRequestsTracing = { enabled = false }
      httpLogs              = { fileSystem = { enabled = true, retentionInDays = 3, retentionInMb = 35 } }
    }
  }
}
variable "parent_id" {}
variable "settings" {
  type    = map(string)
  default = {}
}
