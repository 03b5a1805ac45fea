locals {
  network_acls = var.network_acls == null ? null : {
    bypass        = var.network_acls.bypass
    defaultAction = var.network_acls.default_action
    ipRules       = [for rule in var.network_acls.ip_rules : { value = rule }]
    virtualNetworkRules = [
      for id in var.network_acls.virtual_network_subnet_ids : {
        id                               = id
        ignoreMissingVnetServiceEndpoint = false
      }
    ]
  }

  vault_body = {
    properties = merge(
      {
        tenantId                  = var.tenant_id
        enableRbacAuthorization   = true
        enableSoftDelete          = true
        softDeleteRetentionInDays = 90
        sku = {
          family = "A"
          name   = "premium"
        }
      },
      local.network_acls == null ? {} : { networkAcls = local.network_acls },
    )
  }

  endpoint_defaults = {
    privateLinkServiceConnections = [
      {
        name = "vault"
        properties = {
          groupIds             = ["vault"]
          privateLinkServiceId = azapi_resource.this.id
        }
      },
    ]
  }

  diagnostic_settings = {
    for name, setting in var.diagnostic_settings : name => {
      properties = {
        workspaceId                 = setting.workspace_resource_id
        logAnalyticsDestinationType = "Dedicated"
        logs = [
          for group in setting.log_groups : {
            categoryGroup = group
            enabled       = true
          }
        ]
        metrics = [{ category = "AllMetrics", enabled = true }]
      }
    }
  }
}
