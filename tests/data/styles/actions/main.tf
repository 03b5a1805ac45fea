variable "account_id" {
  type = string
}

variable "site_id" {
  type = string
}

data "azapi_resource_action" "keys" {
  type                   = "Microsoft.Storage/storageAccounts@2023-05-01"
  resource_id            = var.account_id
  action                 = "listKeys"
  response_export_values = ["keys"]
}

ephemeral "azapi_resource_action" "sas" {
  type        = "Microsoft.Storage/storageAccounts@2023-05-01"
  resource_id = var.account_id
  action      = "listAccountSas"
  method      = "POST"

  body = {
    signedServices      = "b"
    signedResourceTypes = "co"
    signedPermission    = "rl"
    signedExpiry        = timeadd(plantimestamp(), "24h")
    signedProtocol      = "https"
  }

  response_export_values = ["accountSasToken"]
}

resource "azapi_resource_action" "renew" {
  type        = "Microsoft.Storage/storageAccounts@2023-05-01"
  resource_id = var.account_id
  action      = "regenerateKey"

  body = {
    keyName = "key2"
  }

  when = "apply"
}

resource "azapi_resource_action" "start" {
  type        = "Microsoft.Web/sites@2023-12-01"
  resource_id = var.site_id
  action      = "start"
  method      = "POST"

  retry = {
    error_message_regex  = ["is being updated"]
    interval_seconds     = 10
    max_interval_seconds = 60
  }
}

action "azapi_resource_action" "restart" {
  config {
    type        = "Microsoft.Web/sites@2023-12-01"
    resource_id = var.site_id
    action      = "restart"
    method      = "POST"
  }
}
