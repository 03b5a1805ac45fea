resource "azapi_resource" "this" {
  type      = var.resource_types.vault
  name      = var.name
  parent_id = var.parent_id
  location  = var.location
  body      = local.vault_body
  tags      = var.tags
}

resource "azapi_resource" "private_endpoints" {
  for_each = var.private_endpoints

  type      = var.resource_types.endpoint
  name      = coalesce(each.value.name, "pep-${var.name}-${each.key}")
  parent_id = var.parent_id
  location  = coalesce(each.value.location, var.location)
  body = {
    properties = merge(local.endpoint_defaults, {
      subnet = {
        id = each.value.subnet_resource_id
      }
      customNetworkInterfaceName = each.value.network_interface_name
      ipConfigurations = [
        for name, configuration in each.value.ip_configurations : {
          name = name
          properties = {
            groupId          = "vault"
            memberName       = "default"
            privateIPAddress = configuration.private_ip_address
          }
        }
      ]
    })
  }
}

resource "azapi_resource" "diagnostic_settings" {
  for_each = local.diagnostic_settings

  type      = var.resource_types.diagnostic_setting
  name      = each.key
  parent_id = azapi_resource.this.id
  body      = each.value
}
