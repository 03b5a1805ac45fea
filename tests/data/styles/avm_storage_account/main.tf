resource "azapi_resource" "account" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = var.name
  parent_id = var.parent_id
  location  = var.location
  body = {
    kind = var.account_kind
    sku  = { name = "${var.account_tier}_${var.account_replication_type}" }
    properties = {
      accessTier                   = var.account_kind == "BlockBlobStorage" && var.account_tier == "Premium" ? null : var.access_tier
      allowBlobPublicAccess        = var.allow_nested_items_to_be_public
      allowSharedKeyAccess         = var.shared_access_key_enabled
      defaultToOAuthAuthentication = var.default_to_oauth_authentication
      isHnsEnabled                 = var.is_hns_enabled
      minimumTlsVersion            = var.min_tls_version
      supportsHttpsTrafficOnly     = true
      networkAcls = var.network_rules == null ? null : {
        bypass        = length(var.network_rules.bypass) == 0 ? "None" : join(", ", var.network_rules.bypass)
        defaultAction = var.network_rules.default_action
        ipRules       = [for ip in var.network_rules.ip_rules : { action = "Allow", value = ip }]
      }
    }
  }
}

resource "azapi_resource" "blob_service" {
  type      = "Microsoft.Storage/storageAccounts/blobServices@2023-05-01"
  name      = "default"
  parent_id = azapi_resource.account.id
  body = {
    properties = {
      isVersioningEnabled = var.versioning_enabled
      deleteRetentionPolicy = {
        enabled = var.delete_retention_days > 0
        days    = var.delete_retention_days > 0 ? var.delete_retention_days : null
      }
    }
  }
}

resource "azapi_resource" "container" {
  for_each  = var.containers
  type      = "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01"
  name      = each.value.name
  parent_id = azapi_resource.blob_service.id
  body = {
    properties = {
      publicAccess = each.value.public_access
      metadata     = each.value.metadata
    }
  }
}
