resource "azapi_resource" "workspace" {
  type      = "Microsoft.OperationalInsights/workspaces@2023-09-01"
  name      = "log-1"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      sku              = { name = "PerGB2018" }
      retentionInDays  = 30
      workspaceCapping = { dailyQuotaGb = var.quota == null ? -1 : var.quota }
      features         = { enableLogAccessUsingOnlyResourcePermissions = true }
    }
  }
  response_export_values = { customer_id = "properties.customerId" }
}

data "azapi_resource_action" "keys" {
  type                   = "Microsoft.OperationalInsights/workspaces@2020-08-01"
  resource_id            = azapi_resource.workspace.id
  action                 = "sharedKeys"
  response_export_values = ["*"]
}

resource "azapi_resource" "table" {
  type      = "Microsoft.OperationalInsights/workspaces/tables@2022-10-01"
  name      = "Custom_CL"
  parent_id = azapi_resource.workspace.id
  body = {
    properties = {
      schema = {
        name    = "Custom_CL"
        columns = [{ name = "TimeGenerated", type = "datetime" }, { name = "RawData", type = "string" }]
      }
      totalRetentionInDays = 90
      plan                 = "Analytics"
    }
  }
}
variable "parent_id" {}
variable "quota" {
  type    = number
  default = null
}
