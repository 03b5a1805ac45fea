data "azapi_client_config" "current" {}

resource "azapi_resource" "this" {
  type      = "Microsoft.KeyVault/vaults@2023-07-01"
  name      = var.name
  parent_id = var.parent_id
  location  = var.location
  tags      = var.tags
  body = {
    properties = merge({
      sku = {
        family = "A"
        name   = var.sku_name
      }
      tenantId                     = coalesce(var.tenant_id, data.azapi_client_config.current.tenant_id)
      enableRbacAuthorization      = !var.legacy_access_policies_enabled
      enablePurgeProtection        = var.purge_protection_enabled ? true : null
      softDeleteRetentionInDays    = var.soft_delete_retention_days
      publicNetworkAccess          = var.public_network_access_enabled ? "Enabled" : "Disabled"
      networkAcls = var.network_acls == null ? null : {
        bypass        = var.network_acls.bypass
        defaultAction = var.network_acls.default_action
        ipRules       = [for ip in var.network_acls.ip_rules : { value = ip }]
        virtualNetworkRules = [
          for id in var.network_acls.virtual_network_subnet_ids : { id = id, ignoreMissingVnetServiceEndpoint = false }
        ]
      }
    }, var.legacy_access_policies_enabled ? { accessPolicies = local.access_policies } : {})
  }
  create_headers            = var.enable_telemetry ? { "User-Agent" : local.avm_azapi_header } : null
  response_export_values    = ["properties.vaultUri"]
  schema_validation_enabled = true
  retry                     = var.retry
  timeouts {
    create = "30m"
    delete = "30m"
  }
}

resource "azapi_resource" "lock" {
  count = var.lock != null ? 1 : 0

  type      = "Microsoft.Authorization/locks@2020-05-01"
  name      = coalesce(var.lock.name, "lock-${var.lock.kind}")
  parent_id = azapi_resource.this.id
  body = {
    properties = {
      level = var.lock.kind
      notes = var.lock.kind == "CanNotDelete" ? "Cannot delete the resource or its child resources." : "Cannot delete or modify the resource or its child resources."
    }
  }
}
