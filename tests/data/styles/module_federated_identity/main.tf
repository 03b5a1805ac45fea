resource "azapi_resource" "identity" {
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31"
  name      = "id1"
  parent_id = var.parent_id
  location  = "westeurope"
  body      = {}
}

resource "azapi_resource" "credential" {
  for_each  = var.repositories
  type      = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31"
  name      = replace(each.key, "/", "-")
  parent_id = azapi_resource.identity.id
  locks     = [azapi_resource.identity.id]
  body = {
    properties = {
      audiences = ["api://AzureADTokenExchange"]
      issuer    = "https://token.actions.githubusercontent.com"
      subject   = "repo:${each.key}:${each.value.branch != null ? "ref:refs/heads/${each.value.branch}" : "environment:${each.value.environment}"}"
    }
  }
}
variable "parent_id" {}
variable "repositories" {
  type    = map(object({ branch = optional(string), environment = optional(string, "production") }))
  default = {}
}
