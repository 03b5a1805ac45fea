terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 1.15"
    }
    azurerm = {
      source  = "hashicorp/azurerm"
      version = "~> 3.100"
    }
  }
}

data "azurerm_client_config" "current" {}

resource "azurerm_resource_group" "main" {
  name     = "rg-vault"
  location = "germanywestcentral"
}

resource "azapi_resource" "vault" {
  type      = "Microsoft.KeyVault/vaults@2023-07-01"
  name      = "kv-shop"
  parent_id = azurerm_resource_group.main.id
  location  = azurerm_resource_group.main.location

  body = jsonencode({
    properties = {
      tenantId                  = data.azurerm_client_config.current.tenant_id
      enableRbacAuthorization   = true
      enableSoftDelete          = true
      softDeleteRetentionInDays = 30
      sku = {
        family = "A"
        name   = "standard"
      }
      networkAcls = {
        bypass        = "AzureServices"
        defaultAction = "Deny"
        ipRules       = [for address in ["203.0.113.0/24"] : { value = address }]
      }
    }
  })

  response_export_values = ["properties.vaultUri"]
}

output "uri" {
  value = jsondecode(azapi_resource.vault.output).properties.vaultUri
}
