variable "subscription_id" {
  type = string
}

list "azapi_resource" "vaults" {
  provider         = azapi
  include_resource = true

  config {
    type      = "Microsoft.KeyVault/vaults@2023-07-01"
    parent_id = "/subscriptions/${var.subscription_id}/resourceGroups/rg-shared"
  }
}

list "azapi_resource" "groups" {
  provider = azapi
  limit    = 50

  config {
    type      = "Microsoft.Resources/resourceGroups@2024-03-01"
    parent_id = "/subscriptions/${var.subscription_id}"
  }
}
