locals {
  definitions = { for file in fileset("${path.module}/lib", "*.json") : file => jsondecode(file("${path.module}/lib/${file}")) }
}

resource "azapi_resource" "definition" {
  for_each  = local.definitions
  type      = "Microsoft.Authorization/policyDefinitions@2023-04-01"
  parent_id = var.management_group_id
  name      = each.value.name
  body = {
    properties = each.value.properties
  }
  replace_triggers_external_values = lookup(each.value.properties.policyRule, "then", null)
}

resource "azapi_resource" "assignment" {
  for_each  = var.assignments
  type      = "Microsoft.Authorization/policyAssignments@2024-04-01"
  parent_id = var.management_group_id
  name      = substr(each.key, 0, 24)
  location  = var.location
  body = {
    properties = {
      displayName        = each.value.display_name
      policyDefinitionId = each.value.definition_id
      enforcementMode    = each.value.enforce ? "Default" : "DoNotEnforce"
      parameters         = { for name, value in each.value.parameters : name => { value = value } }
      nonComplianceMessages = [
        for message in each.value.messages : { message = message }
      ]
      resourceSelectors = length(each.value.locations) == 0 ? null : [{
        name      = "locations"
        selectors = [{ kind = "resourceLocation", in = each.value.locations }]
      }]
    }
  }
  dynamic "identity" {
    for_each = each.value.identity ? [1] : []
    content {
      type = "SystemAssigned"
    }
  }
}
variable "management_group_id" {}
variable "location" {}
variable "assignments" {
  type = map(object({
    display_name  = string
    definition_id = string
    enforce       = optional(bool, true)
    identity      = optional(bool, false)
    parameters    = optional(map(any), {})
    messages      = optional(list(string), [])
    locations     = optional(list(string), [])
  }))
}
