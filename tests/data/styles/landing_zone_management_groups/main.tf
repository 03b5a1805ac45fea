locals {
  groups = {
    platform     = { display_name = "Platform", parent = "root" }
    landingzones = { display_name = "Landing zones", parent = "root" }
    sandbox      = { display_name = "Sandbox", parent = "root" }
  }
}

resource "azapi_resource" "root" {
  type      = "Microsoft.Management/managementGroups@2023-04-01"
  parent_id = "/"
  name      = var.root_id
  body = {
    properties = {
      displayName = var.root_name
      details     = { parent = { id = "/providers/Microsoft.Management/managementGroups/${var.tenant_id}" } }
    }
  }
  retry = {
    error_message_regex = ["AuthorizationFailed", "Permission to Microsoft.Management/managementGroups on resources of type 'Write' is required"]
  }
}

resource "azapi_resource" "level_1" {
  for_each  = local.groups
  type      = "Microsoft.Management/managementGroups@2023-04-01"
  parent_id = "/"
  name      = "${var.root_id}-${each.key}"
  body = {
    properties = {
      displayName = each.value.display_name
      details     = { parent = { id = azapi_resource.root.id } }
    }
  }
}
variable "root_id" {}
variable "root_name" { default = "Root" }
variable "tenant_id" {}
