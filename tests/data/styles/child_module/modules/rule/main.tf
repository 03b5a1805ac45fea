variable "name" {
  type = string
}

variable "security_group_id" {
  type = string
}

variable "rule" {
  type = any
}

resource "azapi_resource" "this" {
  type      = "Microsoft.Network/networkSecurityGroups/securityRules@2023-11-01"
  name      = var.name
  parent_id = var.security_group_id

  body = {
    properties = var.rule
  }
}

output "id" {
  value = azapi_resource.this.id
}
