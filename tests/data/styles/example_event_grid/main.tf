resource "azapi_resource" "topic" {
  type      = "Microsoft.EventGrid/topics@2021-12-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      disableLocalAuth    = false
      inputSchema         = "EventGridSchema"
      inputSchemaMapping  = null
      publicNetworkAccess = "Enabled"
    }
  }
}

resource "azapi_resource" "eventSubscription" {
  type      = "Microsoft.EventGrid/eventSubscriptions@2021-12-01"
  parent_id = azapi_resource.topic.id
  name      = "acctest0001"
  body = {
    properties = {
      deadLetterDestination = null
      destination = {
        endpointType = "StorageQueue"
        properties = {
          queueMessageTimeToLiveInSeconds = 604800
          queueName                       = "mysamplequeue"
          resourceId                      = var.storage_id
        }
      }
      eventDeliverySchema = "EventGridSchema"
      filter              = { includedEventTypes = ["Microsoft.Storage.BlobCreated"] }
      labels              = []
      retryPolicy = {
        eventTimeToLiveInMinutes = 1440
        maxDeliveryAttempts      = 30
      }
    }
  }
}
variable "parent_id" {}
variable "storage_id" {}
