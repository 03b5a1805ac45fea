variable "environment" {
  type    = string
  default = "test"

  validation {
    condition     = contains(["test", "production"], var.environment)
    error_message = "The environment is test or production."
  }
}

resource "azapi_resource" "account" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = "stshop${var.environment}"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-${var.environment}"
  location  = "westeurope"

  body = {
    kind = "StorageV2"
    sku  = { name = var.environment == "production" ? "Standard_GZRS" : "Standard_LRS" }
    properties = {
      allowSharedKeyAccess = false
      networkAcls = {
        defaultAction = "Deny"
        bypass        = "AzureServices"
      }
    }
  }
}
