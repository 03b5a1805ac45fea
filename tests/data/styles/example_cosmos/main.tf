resource "azapi_resource" "databaseAccount" {
  type      = "Microsoft.DocumentDB/databaseAccounts@2021-10-15"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    kind = "GlobalDocumentDB"
    properties = {
      capabilities = [{ name = "EnableServerless" }]
      consistencyPolicy = {
        defaultConsistencyLevel = "BoundedStaleness"
        maxIntervalInSeconds    = 10
        maxStalenessPrefix      = 200
      }
      databaseAccountOfferType      = "Standard"
      enableAnalyticalStorage       = false
      isVirtualNetworkFilterEnabled = false
      locations = [{
        failoverPriority = 0
        isZoneRedundant  = false
        locationName     = "West Europe"
      }]
      virtualNetworkRules = []
    }
  }
}

resource "azapi_resource" "sqlDatabase" {
  type      = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2021-10-15"
  parent_id = azapi_resource.databaseAccount.id
  name      = "acctest0001"
  body = {
    properties = {
      options  = { throughput = 400 }
      resource = { id = "acctest0001" }
    }
  }
}

resource "azapi_resource" "container" {
  type      = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2023-04-15"
  parent_id = azapi_resource.sqlDatabase.id
  name      = "test-containerWest Europe"
  body = {
    properties = {
      options = {}
      resource = {
        id = "test-containerWest Europe"
        partitionKey = {
          kind  = "Hash"
          paths = ["/definition/id"]
        }
      }
    }
  }
}
variable "parent_id" {}
