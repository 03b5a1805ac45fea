resource "azapi_resource" "account" {
  type      = "Microsoft.CognitiveServices/accounts@2023-05-01"
  name      = "oai-${var.suffix}"
  parent_id = var.parent_id
  location  = "swedencentral"
  body = {
    kind = "OpenAI"
    sku  = { name = "S0" }
    properties = {
      customSubDomainName = "oai-${var.suffix}"
      publicNetworkAccess = "Enabled"
      networkAcls         = { defaultAction = length(var.ips) > 0 ? "Deny" : "Allow", ipRules = [for ip in var.ips : { value = ip }] }
    }
  }
}

resource "azapi_resource" "deployment" {
  for_each = {
    chat      = { model = "gpt-4o", version = "2024-08-06", capacity = 10 }
    embedding = { model = "text-embedding-3-large", version = "1", capacity = 50 }
  }
  type      = "Microsoft.CognitiveServices/accounts/deployments@2023-05-01"
  name      = each.key
  parent_id = azapi_resource.account.id
  body = {
    sku = { name = "Standard", capacity = each.value.capacity }
    properties = {
      model = {
        format  = "OpenAI"
        name    = each.value.model
        version = each.value.version
      }
    }
  }
}
variable "suffix" {}
variable "parent_id" {}
variable "ips" {
  type    = list(string)
  default = []
}
