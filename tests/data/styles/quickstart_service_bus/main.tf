resource "azapi_resource" "namespace" {
  type      = "Microsoft.ServiceBus/namespaces@2022-10-01-preview"
  name      = var.namespace
  parent_id = var.parent_id
  location  = var.location
  body = {
    sku = {
      capacity = var.tier == "Premium" ? 1 : null
      name     = var.tier
      tier     = var.tier
    }
    properties = { minimumTlsVersion = "1.2", zoneRedundant = var.tier == "Premium" }
  }
}

resource "azapi_resource" "topic" {
  for_each  = toset(["orders", "payments"])
  type      = "Microsoft.ServiceBus/namespaces/topics@2022-10-01-preview"
  name      = each.key
  parent_id = azapi_resource.namespace.id
  body = {
    properties = {
      defaultMessageTimeToLive = "P14D"
      enablePartitioning       = each.key == "orders"
      maxSizeInMegabytes       = 1024
    }
  }
}

resource "azapi_resource" "subscription" {
  count     = 2
  type      = "Microsoft.ServiceBus/namespaces/topics/subscriptions@2022-10-01-preview"
  name      = "worker-${count.index}"
  parent_id = azapi_resource.topic["orders"].id
  body = {
    properties = {
      lockDuration     = "PT1M"
      maxDeliveryCount = count.index == 0 ? 10 : 5
      requiresSession  = false
    }
  }
}
variable "namespace" {}
variable "parent_id" {}
variable "location" {}
variable "tier" { default = "Standard" }
