resource "azapi_resource" "subscription" {
  type      = "Microsoft.Subscription/aliases@2021-10-01"
  parent_id = "/"
  name      = var.alias
  body = {
    properties = {
      displayName  = var.display_name
      workload     = var.workload
      billingScope = var.billing_scope
      additionalProperties = {
        managementGroupId = var.management_group_id == "" ? null : "/providers/Microsoft.Management/managementGroups/${var.management_group_id}"
        tags              = var.tags
      }
    }
  }
  response_export_values = ["properties.subscriptionId"]
}

resource "azapi_resource_action" "rename" {
  count       = var.rename ? 1 : 0
  type        = "Microsoft.Resources/subscriptions@2022-12-01"
  resource_id = "/subscriptions/${azapi_resource.subscription.output.properties.subscriptionId}"
  method      = "POST"
  action      = "providers/Microsoft.Subscription/rename"
  body = {
    subscriptionName = var.display_name
  }
}

resource "azapi_update_resource" "tags" {
  type      = "Microsoft.Resources/tags@2022-09-01"
  parent_id = "/subscriptions/${var.alias}"
  name      = "default"
  body = {
    properties = { tags = var.tags }
  }
}
variable "alias" {}
variable "display_name" {}
variable "workload" {
  type    = string
  default = "Production"
}
variable "billing_scope" {}
variable "management_group_id" { default = "" }
variable "rename" {
  type    = bool
  default = false
}
variable "tags" {
  type    = map(string)
  default = {}
}
