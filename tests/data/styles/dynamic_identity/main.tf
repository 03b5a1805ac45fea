variable "managed_identities" {
  type = object({
    system_assigned            = optional(bool, false)
    user_assigned_resource_ids = optional(set(string), [])
  })
  default = {}
}

variable "parent_id" {
  type = string
}

locals {
  identity_type = join(", ", compact([
    var.managed_identities.system_assigned ? "SystemAssigned" : "",
    length(var.managed_identities.user_assigned_resource_ids) > 0 ? "UserAssigned" : "",
  ]))
}

resource "azapi_resource" "this" {
  type      = "Microsoft.CognitiveServices/accounts@2023-05-01"
  name      = "cog-vision"
  parent_id = var.parent_id
  location  = "swedencentral"

  body = {
    kind = "ComputerVision"
    sku = {
      name = "S1"
    }
    properties = {
      customSubDomainName = "cog-vision"
      disableLocalAuth    = true
      publicNetworkAccess = "Disabled"
    }
  }

  dynamic "identity" {
    for_each = local.identity_type == "" ? [] : [local.identity_type]

    content {
      type         = identity.value
      identity_ids = var.managed_identities.user_assigned_resource_ids
    }
  }

  dynamic "timeouts" {
    for_each = [{ create = "45m", delete = "20m" }]

    content {
      create = timeouts.value.create
      delete = timeouts.value.delete
    }
  }

  lifecycle {
    ignore_changes = [body.sku]
  }
}
