resource "azapi_resource" "registry" {
  type      = "Microsoft.ContainerRegistry/registries@2025-04-01"
  name      = var.name
  parent_id = var.resource_group_id
  location  = var.location
  body = {
    sku = { name = var.sku }
    properties = {
      adminUserEnabled         = var.admin_enabled
      anonymousPullEnabled     = var.anonymous_pull_enabled
      dataEndpointEnabled      = var.sku == "Premium" ? var.data_endpoint_enabled : null
      networkRuleBypassOptions = var.network_rule_bypass_option
      publicNetworkAccess      = var.public_network_access_enabled ? "Enabled" : "Disabled"
      zoneRedundancy           = var.sku == "Premium" ? (var.zone_redundancy_enabled ? "Enabled" : "Disabled") : null
      policies = {
        exportPolicy     = { status = var.export_policy_enabled ? "enabled" : "disabled" }
        quarantinePolicy = { status = var.quarantine_policy_enabled ? "enabled" : "disabled" }
        retentionPolicy = {
          days   = var.retention_policy_in_days
          status = var.retention_policy_in_days == null ? "disabled" : "enabled"
        }
      }
    }
  }
  dynamic "identity" {
    for_each = var.managed_identities.system_assigned || length(var.managed_identities.user_assigned) > 0 ? [1] : []
    content {
      type         = var.managed_identities.system_assigned ? "SystemAssigned" : "UserAssigned"
      identity_ids = var.managed_identities.user_assigned
    }
  }
}

resource "azapi_resource" "replication" {
  for_each = { for region in var.georeplications : region.location => region }

  type      = "Microsoft.ContainerRegistry/registries/replications@2025-04-01"
  name      = each.key
  parent_id = azapi_resource.registry.id
  location  = each.value.location
  tags      = each.value.tags
  body = {
    properties = {
      regionEndpointEnabled = each.value.regional_endpoint_enabled
      zoneRedundancy        = each.value.zone_redundancy_enabled ? "Enabled" : "Disabled"
    }
  }
}
