resource "azapi_resource" "server" {
  type      = "Microsoft.Sql/servers@2021-11-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      administratorLogin         = "mradministrator"
      administratorLoginPassword = var.administrator_login_password
      version                    = "12.0"
    }
  }
}
variable "parent_id" {}
variable "administrator_login_password" {
  type      = string
  sensitive = true
}
