resource "azapi_resource" "workflow" {
  type      = "Microsoft.Logic/workflows@2019-05-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "westeurope"
  body = {
    properties = {
      definition = {
        "$schema"      = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
        actions        = {}
        contentVersion = "1.0.0.0"
        parameters     = null
        triggers       = {}
      }
      parameters = {}
      state      = "Enabled"
    }
  }
}
variable "parent_id" {}
