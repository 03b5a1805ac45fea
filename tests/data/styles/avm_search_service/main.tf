resource "azapi_resource" "search" {
  type      = "Microsoft.Search/searchServices@2023-11-01"
  name      = var.name
  parent_id = var.parent_id
  location  = var.location
  body = {
    sku = { name = var.sku }
    properties = {
      replicaCount        = var.replica_count
      partitionCount      = var.partition_count
      hostingMode         = var.hosting_mode
      publicNetworkAccess = var.public_network_access_enabled ? "enabled" : "disabled"
      disableLocalAuth    = !var.local_authentication_enabled
      authOptions = var.local_authentication_enabled ? (
        var.authentication_failure_mode == null ? { apiKeyOnly = {} } : {
          aadOrApiKey = { aadAuthFailureMode = var.authentication_failure_mode }
        }
      ) : null
      networkRuleSet = { ipRules = [for ip in var.allowed_ips : { value = ip }] }
    }
  }
  identity {
    type = "SystemAssigned"
  }
}
variable "name" {}
variable "parent_id" {}
variable "location" {}
variable "sku" {
  default = "standard"
}
variable "replica_count" {
  type    = number
  default = 1
}
variable "partition_count" {
  type    = number
  default = 1
}
variable "hosting_mode" {
  default = "default"
}
variable "public_network_access_enabled" {
  type    = bool
  default = true
}
variable "local_authentication_enabled" {
  type    = bool
  default = true
}
variable "authentication_failure_mode" {
  type    = string
  default = null
}
variable "allowed_ips" {
  type    = list(string)
  default = []
}
