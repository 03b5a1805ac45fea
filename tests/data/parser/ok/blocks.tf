terraform {
  required_version = ">= 1.9"
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 2.4"
    }
  }
}

provider "azapi" {}

resource azapi_resource bare_labels {
  type = "Test.Rp/widgets@2024-01-01"
}

resource "azapi_resource" "nested" {
  dynamic "identity" {
    for_each = var.identities
    content {
      type = identity.value
    }
  }
  timeouts { create = "30m" }
  lifecycle { /* nothing */ }
}
