resource "azapi_resource" "group" {
  type      = "Microsoft.Management/managementGroups@2023-04-01"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000"
  name      = "platform"
  body = {
    properties = {
      displayNam = "Platform"
    }
  }
}
