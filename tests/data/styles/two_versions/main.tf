variable "parent_id" {
  type = string
}

variable "preview" {
  type    = bool
  default = false
}

variable "api_version" {
  type    = string
  default = "2023-08-01"
}

locals {
  types = {
    registry = "Microsoft.ContainerRegistry/registries@2023-07-01"
    webhook  = "Microsoft.ContainerRegistry/registries/webhooks@2023-07-01"
  }
}

resource "azapi_resource" "registry" {
  type      = local.types.registry
  name      = "crlogs"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku        = { name = "Standard" }
    properties = { adminUserEnabled = false }
  }
}

resource "azapi_resource" "webhook" {
  type      = local.types["webhook"]
  name      = "pushed"
  parent_id = azapi_resource.registry.id
  location  = "westeurope"
  body = {
    properties = {
      actions    = ["push"]
      serviceUri = "https://shop.example/pushed"
      status     = "enabled"
    }
  }
}

resource "azapi_resource" "workspace" {
  type      = var.preview ? "Microsoft.OperationalInsights/workspaces@2023-09-01" : "Microsoft.OperationalInsights/workspaces@2022-10-01"
  name      = "log-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      retentionInDays = 30
      sku             = { name = "PerGB2018" }
      features        = { enableLogAccessUsingOnlyResourcePermissions = true }
    }
  }
}

resource "azapi_resource" "cluster" {
  type      = "Microsoft.Network/publicIPAddresses@${var.api_version == "" ? "2023-09-01" : "2023-11-01"}"
  name      = "pip-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku        = { name = "Standard" }
    properties = { publicIPAllocationMethod = "Static", idleTimeoutInMinutes = 4 }
  }
}
