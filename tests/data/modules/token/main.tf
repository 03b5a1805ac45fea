# A container registry, and a token that may pull from it.

terraform {
  required_providers {
    azapi = {
      source = "Azure/azapi"
    }
  }
}

variable "resource_name" {
  type    = string
  default = "acctest0001"
}

variable "location" {
  type    = string
  default = "westeurope"
}

resource "azapi_resource" "resourceGroup" {
  type     = "Microsoft.Resources/resourceGroups@2020-06-01"
  name     = var.resource_name
  location = var.location
}

resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2021-08-01-preview"
  parent_id = azapi_resource.resourceGroup.id
  name      = var.resource_name
  location  = var.location
  body = {
    sku = {
      name = "Premium"
    }
    properties = {
      adminUserEnabled    = true
      publicNetworkAccess = "Enabled"
      zoneRedundancy      = "Disabled"
      policies = {
        quarantinePolicy = { status = "disabled" }
        retentionPolicy  = { status = "disabled" }
      }
    }
  }
  schema_validation_enabled = false
  response_export_values    = ["*"]
}

data "azapi_resource_id" "scopeMap" {
  type      = "Microsoft.ContainerRegistry/registries/scopeMaps@2021-08-01-preview"
  parent_id = azapi_resource.registry.id
  name      = "_repositories_pull"
}

resource "azapi_resource" "token" {
  type      = "Microsoft.ContainerRegistry/registries/tokens@2021-08-01-preview"
  parent_id = azapi_resource.registry.id
  name      = var.resource_name
  body = {
    properties = {
      scopeMapId = data.azapi_resource_id.scopeMap.id
      status     = "enabled"
    }
  }
  schema_validation_enabled = false
  response_export_values    = ["*"]
}
