resource "azapi_resource" "this_environment" {
  type      = "Microsoft.App/managedEnvironments@2024-03-01"
  name      = var.name
  parent_id = var.resource_group_id
  location  = var.location
  body = {
    properties = {
      infrastructureResourceGroup = var.infrastructure_resource_group_name
      peerAuthentication          = { mtls = { enabled = var.peer_authentication_enabled } }
      vnetConfiguration = var.infrastructure_subnet_id != null ? {
        internal               = var.internal_load_balancer_enabled
        infrastructureSubnetId = var.infrastructure_subnet_id
      } : null
      workloadProfiles = length(var.workload_profile) > 0 ? [
        for profile in var.workload_profile : merge(
          { name = profile.name, workloadProfileType = profile.workload_profile_type },
          profile.workload_profile_type == "Consumption" ? {} : {
            minimumCount = profile.minimum_count
            maximumCount = profile.maximum_count
          }
        )
      ] : null
      zoneRedundant = var.infrastructure_subnet_id != null ? var.zone_redundancy_enabled : null
    }
  }
  response_export_values = ["properties.defaultDomain", "properties.staticIp", "properties.customDomainConfiguration"]
  lifecycle {
    ignore_changes = [body.properties.appLogsConfiguration]
  }
}

resource "azapi_resource" "dapr_components" {
  for_each = var.dapr_components

  type      = "Microsoft.App/managedEnvironments/daprComponents@2024-03-01"
  name      = each.key
  parent_id = azapi_resource.this_environment.id
  body = {
    properties = {
      componentType = each.value.component_type
      version       = each.value.version
      ignoreErrors  = each.value.ignore_errors
      initTimeout   = each.value.init_timeout
      scopes        = each.value.scopes
      metadata      = each.value.metadata != null ? [for item in each.value.metadata : { for k, v in { name = item.name, value = item.value } : k => v if v != null }] : null
    }
  }
}
