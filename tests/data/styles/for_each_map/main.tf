variable "parent_id" {
  type = string
}

variable "queues" {
  type = map(object({
    name                 = optional(string)
    max_delivery_count   = optional(number, 10)
    lock_duration        = optional(string, "PT1M")
    requires_session     = optional(bool, false)
    max_size             = optional(number)
    forwards             = optional(map(string), {})
    duplicates = optional(object({
      window = optional(string, "PT10M")
    }))
  }))
  default = {
    orders = {
      max_delivery_count = 5
    }
    returns = {
      name       = "returned-goods"
      duplicates = {}
    }
  }
}

resource "azapi_resource" "namespace" {
  type      = "Microsoft.ServiceBus/namespaces@2022-10-01-preview"
  name      = "sb-shop"
  parent_id = var.parent_id
  location  = "northeurope"
  body = {
    sku = {
      name     = "Premium"
      tier     = "Premium"
      capacity = 1
    }
    properties = {
      disableLocalAuth  = true
      minimumTlsVersion = "1.2"
    }
  }
}

resource "azapi_resource" "queue" {
  for_each = var.queues

  type      = "Microsoft.ServiceBus/namespaces/queues@2022-10-01-preview"
  name      = coalesce(each.value.name, each.key)
  parent_id = azapi_resource.namespace.id

  body = {
    properties = {
      maxDeliveryCount                    = each.value.max_delivery_count
      lockDuration                        = each.value.lock_duration
      requiresSession                     = each.value.requires_session
      maxSizeInMegabytes                  = each.value.max_size
      requiresDuplicateDetection          = each.value.duplicates != null
      duplicateDetectionHistoryTimeWindow = try(each.value.duplicates.window, null)
      forwardDeadLetteredMessagesTo       = lookup(each.value.forwards, "dead", null)
    }
  }
}
