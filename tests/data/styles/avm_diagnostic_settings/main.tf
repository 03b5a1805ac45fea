resource "azapi_resource" "diagnostic_setting" {
  for_each = var.diagnostic_settings

  type      = "Microsoft.Insights/diagnosticSettings@2021-05-01-preview"
  name      = coalesce(each.value.name, "diag-${each.key}")
  parent_id = var.target_id
  body = {
    properties = {
      workspaceId                 = each.value.workspace_resource_id
      storageAccountId            = each.value.storage_account_resource_id
      logAnalyticsDestinationType = each.value.workspace_resource_id == null ? null : each.value.log_analytics_destination_type
      logs = concat(
        [for category in each.value.log_categories : { category = category, enabled = true }],
        [for group in each.value.log_groups : { categoryGroup = group, enabled = true }],
      )
      metrics = [for metric in each.value.metric_categories : { category = metric, enabled = true }]
    }
  }
}

variable "target_id" {}
variable "diagnostic_settings" {
  type = map(object({
    name                           = optional(string)
    workspace_resource_id          = optional(string)
    storage_account_resource_id    = optional(string)
    log_analytics_destination_type = optional(string, "Dedicated")
    log_categories                 = optional(set(string), [])
    log_groups                     = optional(set(string), ["allLogs"])
    metric_categories              = optional(set(string), ["AllMetrics"])
  }))
  default = {}
}
