resource "azapi_resource" "factory" {
  type      = "Microsoft.DataFactory/factories@2018-06-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      publicNetworkAccess = "Enabled"
      repoConfiguration   = null
    }
  }
}

resource "azapi_resource" "linkedservice" {
  type      = "Microsoft.DataFactory/factories/linkedservices@2018-06-01"
  parent_id = azapi_resource.factory.id
  name      = "acctest0001"
  body = {
    properties = {
      description = ""
      type        = "AzureBlobStorage"
      typeProperties = {
        serviceEndpoint = "https://${var.account}.blob.core.windows.net"
      }
    }
  }
}

resource "azapi_resource" "pipeline" {
  type      = "Microsoft.DataFactory/factories/pipelines@2018-06-01"
  parent_id = azapi_resource.factory.id
  name      = "acctest0001"
  body = {
    properties = {
      annotations = []
      activities = [
        {
          name = "Wait"
          type = "Wait"
          typeProperties = {
            waitTimeInSeconds = 10
          }
        },
      ]
      parameters = { test = { defaultValue = "testparameter", type = "String" } }
      variables  = { foo = { type = "String", defaultValue = "test1" } }
    }
  }
}
variable "parent_id" {}
variable "account" {}
