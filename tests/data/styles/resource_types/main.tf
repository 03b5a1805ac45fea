resource "azapi_resource" "this" {
  type      = var.resource_types.this
  name      = var.name
  parent_id = var.parent_id
  location  = var.location

  body = {
    kind = "StorageV2"
    sku = {
      name = "Standard_ZRS"
    }
    properties = {
      accessTier               = "Hot"
      allowBlobPublicAccess    = false
      minimumTlsVersion        = "TLS1_2"
      supportsHttpsTrafficOnly = true
    }
  }

  response_export_values = ["properties.primaryEndpoints.blob"]
}

resource "azapi_resource" "container" {
  type      = var.resource_types.container
  name      = "logs"
  parent_id = "${azapi_resource.this.id}/blobServices/default"

  body = {
    properties = {
      publicAccess = "None"
      metadata = {
        purpose = "logs"
      }
    }
  }
}

resource "azapi_resource" "lock" {
  count = var.lock != null ? 1 : 0

  type      = var.resource_types.lock
  name      = coalesce(var.lock.name, "lock-${var.name}")
  parent_id = azapi_resource.this.id

  body = {
    properties = {
      level = var.lock.kind
      notes = var.lock.kind == "CanNotDelete" ? "It can be changed." : "It can only be read."
    }
  }
}

output "resource_id" {
  value = azapi_resource.this.id
}
