resource "azapi_resource" "server" {
  type      = "Microsoft.Sql/servers@2021-02-01-preview"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      administratorLogin            = "mradministrator"
      minimalTlsVersion             = "1.2"
      publicNetworkAccess           = "Enabled"
      restrictOutboundNetworkAccess = "Disabled"
      version                       = "12.0"
    }
  }
  sensitive_body = {
    properties = {
      administratorLoginPassword = var.administrator_login_password
    }
  }
  response_export_values = ["*"]
}

resource "azapi_resource" "database" {
  type      = "Microsoft.Sql/servers/databases@2021-02-01-preview"
  parent_id = azapi_resource.server.id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      autoPauseDelay                   = 0
      createMode                       = "Default"
      elasticPoolId                    = ""
      highAvailabilityReplicaCount     = 0
      isLedgerOn                       = false
      licenseType                      = "LicenseIncluded"
      maintenanceConfigurationId       = "/subscriptions/${var.subscription}/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default"
      minCapacity                      = 0
      readScale                        = "Disabled"
      requestedBackupStorageRedundancy = "Geo"
      zoneRedundant                    = false
    }
  }
}
variable "parent_id" {}
variable "subscription" {}
variable "administrator_login_password" {
  type      = string
  sensitive = true
}
