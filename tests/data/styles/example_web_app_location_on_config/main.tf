resource "azapi_resource" "appsettings" {
  type      = "Microsoft.Web/sites/config@2022-09-01"
  parent_id = var.site_id
  name      = "appsettings"
  location  = "westeurope"
  body = {
    properties = {
      SETTING = "value"
    }
  }
}
variable "site_id" {}
