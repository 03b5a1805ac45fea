# Each block has a fault of its own, so that damage to one must leave the diagnostics of the others alone.

locals {
  version = "2023-07-01"
  group   = "/subscriptions/${var.subscription_id}/resourceGroups/${var.group}"
}

variable "subscription_id" {
  type = string
}

variable "group" {
  type    = string
  default = "group"
}

resource "azapi_resource" "misspelt_type" {
  type      = "Microsoft.ContainerRegistry/registriez@2023-07-01"
  parent_id = local.group
  name      = "registry"
}

resource "azapi_resource" "misspelt_version" {
  type      = "Microsoft.ContainerRegistry/registries@2023-07-02"
  parent_id = local.group
  name      = "registry"
  body = {
    sku = { name = "Premium" }
  }
}

resource "azapi_resource" "no_parent" {
  type = "Microsoft.ContainerRegistry/registries@${local.version}"
  name = "registry"
  body = {
    properties = {
      adminUserEnabled = true
      "encryption"     = { status = "disabled" }
    }
    sku = { name = "Premium" }
  }
}

resource "azapi_resource" "wrong_scope" {
  type      = "Microsoft.ContainerRegistry/registries@2023-07-01"
  parent_id = "/subscriptions/${var.subscription_id}"
  name      = "registry"
}

resource "azapi_resource" "wrong_parent" {
  type      = "Microsoft.ContainerRegistry/registries/tokens@2023-07-01"
  parent_id = "${local.group}/providers/Microsoft.Storage/storageAccounts/account"
  name      = "token"
  body = {
    properties = {
      scopeMapId = "id"
      status     = "enabled"
    }
  }
}

data "azapi_resource_id" "no_version" {
  type      = "Microsoft.ContainerRegistry/registries/scopeMaps"
  parent_id = local.group
  name      = "map"
}

resource "azapi_resource_action" "keys" {
  type        = "Microsoft.ContainerRegistry/registrees@2023-07-01"
  resource_id = "${local.group}/providers/Microsoft.ContainerRegistry/registries/registry"
  action      = "listCredentials"
  body        = {}
}
