variable "name" {}
variable "resource_group_id" {}
variable "location" {}
variable "sku" {
  type    = string
  default = "Premium"
}
variable "admin_enabled" {
  type    = bool
  default = false
}
variable "anonymous_pull_enabled" {
  type    = bool
  default = false
}
variable "data_endpoint_enabled" {
  type    = bool
  default = false
}
variable "network_rule_bypass_option" {
  type    = string
  default = "None"
}
variable "public_network_access_enabled" {
  type    = bool
  default = true
}
variable "zone_redundancy_enabled" {
  type    = bool
  default = true
}
variable "export_policy_enabled" {
  type    = bool
  default = true
}
variable "quarantine_policy_enabled" {
  type    = bool
  default = false
}
variable "retention_policy_in_days" {
  type    = number
  default = 7
}
variable "managed_identities" {
  type    = object({ system_assigned = optional(bool, false), user_assigned = optional(set(string), []) })
  default = {}
}
variable "georeplications" {
  type = list(object({
    location                  = string
    regional_endpoint_enabled = optional(bool, true)
    zone_redundancy_enabled   = optional(bool, true)
    tags                      = optional(map(string))
  }))
  default = []
}
