variable "name" {}
variable "parent_id" {}
variable "location" {}
variable "account_kind" {
  default = "StorageV2"
}
variable "account_tier" {
  default = "Standard"
}
variable "account_replication_type" {
  default = "ZRS"
}
variable "access_tier" {
  default = "Hot"
}
variable "min_tls_version" {
  default = "TLS1_2"
}
variable "allow_nested_items_to_be_public" {
  type    = bool
  default = false
}
variable "shared_access_key_enabled" {
  type    = bool
  default = false
}
variable "default_to_oauth_authentication" {
  type    = bool
  default = null
}
variable "is_hns_enabled" {
  type    = bool
  default = null
}
variable "versioning_enabled" {
  type    = bool
  default = false
}
variable "delete_retention_days" {
  type    = number
  default = 7
}
variable "network_rules" {
  type = object({
    bypass         = optional(set(string), ["AzureServices"])
    default_action = optional(string, "Deny")
    ip_rules       = optional(set(string), [])
  })
  default = {}
}
variable "containers" {
  type = map(object({
    name          = string
    public_access = optional(string, "None")
    metadata      = optional(map(string))
  }))
  default = {}
}
