# Parents given in every way there is: by reference, by template, by function, through locals and other providers.

data "azurerm_subscription" "current" {}

data "azapi_client_config" "current" {}

resource "azurerm_resource_group" "main" {
  name     = "group"
  location = "westeurope"
}

locals {
  registry_type = "Microsoft.ContainerRegistry/registries"
  registry      = azapi_resource.registry
  names         = toset(["pull", "push"])
  tag           = <<-EOT
    made by %{if true}hand%{else}machine%{endif}
  EOT
}

resource "azapi_resource" "group" {
  type      = "Microsoft.Resources/resourceGroups@2024-03-01"
  parent_id = data.azurerm_subscription.current.id
  name      = "other"
  location  = "westeurope"
}

resource "azapi_resource" "registry" {
  type      = "${local.registry_type}@2023-07-01"
  parent_id = azurerm_resource_group.main.id
  name      = "registry"
  location  = azurerm_resource_group.main.location
  identity {
    type = "SystemAssigned"
  }
  body = merge({
    sku = { name = "Premium" }
    }, {
    properties = {
      networkRuleSet = {
        defaultAction = "Deny"
        ipRules       = [for ip in ["1.2.3.4"] : { value = ip, action = "Allow" }]
      }
    }
  })
  tags = { note = local.tag }
}

resource "azapi_resource" "token" {
  for_each  = local.names
  type      = "Microsoft.ContainerRegistry/registries/tokens@2023-07-01"
  parent_id = azapi_resource.registry.id
  name      = each.key
  body = {
    properties = {
      scopeMapId = provider::azapi::build_resource_id(azapi_resource.registry.id, "Microsoft.ContainerRegistry/registries/scopeMaps", each.key)
      status     = each.key == "pull" ? "enabled" : "disabled"
    }
  }
}

resource "azapi_resource" "webhook" {
  count     = 2
  type      = "Microsoft.ContainerRegistry/registries/webhooks@2023-07-01"
  parent_id = format("%s/resourceGroups/%s/providers/Microsoft.ContainerRegistry/registries/%s", data.azapi_client_config.current.subscription_resource_id, "group", "registry")
  name      = "hook${count.index}"
  location  = "westeurope"
}

action "azapi_resource_action" "regenerate" {
  config {
    type        = "Microsoft.ContainerRegistry/registries@2023-07-01"
    resource_id = azapi_resource.registry.id
    action      = "regenerateCredential"
    body        = { name = "password" }
  }
}
