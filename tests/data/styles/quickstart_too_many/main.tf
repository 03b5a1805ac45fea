resource "azapi_resource" "group" {
  type      = "Microsoft.Insights/actionGroups@2023-01-01"
  parent_id = var.parent_id
  name      = "ops"
  location  = "global"
  body = {
    properties = {
      enabled        = true
      groupShortName = "much-too-long-a-name"
    }
  }
}
variable "parent_id" {}
