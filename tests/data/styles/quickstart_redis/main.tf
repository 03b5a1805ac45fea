locals {
  sku = {
    Basic    = { family = "C", capacity = 0 }
    Standard = { family = "C", capacity = 1 }
    Premium  = { family = "P", capacity = 1 }
  }
}

resource "azapi_resource" "redis" {
  type      = "Microsoft.Cache/redis@2023-04-01"
  name      = "redis-${var.workload}"
  parent_id = azapi_resource.rg.id
  location  = azapi_resource.rg.location
  body = {
    properties = {
      sku = merge({ name = var.tier }, local.sku[var.tier])
      enableNonSslPort = false
      minimumTlsVersion = "1.2"
      redisConfiguration = {
        maxmemory-policy = "allkeys-lru"
      }
    }
  }
}

resource "azapi_resource" "rg" {
  type     = "Microsoft.Resources/resourceGroups@2022-09-01"
  name     = "rg-${var.workload}"
  location = "westeurope"
}

variable "workload" {}
variable "tier" {
  type    = string
  default = "Standard"
  validation {
    condition     = contains(["Basic", "Standard", "Premium"], var.tier)
    error_message = "Basic, Standard or Premium"
  }
}
