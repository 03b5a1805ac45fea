resource "azapi_resource" "dashboard" {
  type      = "Microsoft.Portal/dashboards@2020-09-01-preview"
  name      = "dashboard1"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      lenses = [{
        order = 0
        parts = [{
          position = { x = 0, y = 0, colSpan = 6, rowSpan = 4 }
          metadata = {
            type = "Extension/HubsExtension/PartType/MarkdownPart"
            settings = {
              content = {
                settings = {
                  content = <<-EOT
                    # ${var.title}
                    %{for link in var.links~}
                    - ${link}
                    %{endfor~}
                  EOT
                  title   = var.title
                }
              }
            }
          }
        }]
      }]
    }
  }
}
variable "parent_id" {}
variable "title" {}
variable "links" {
  type    = list(string)
  default = []
}
