variable "name" {
  type     = string
  nullable = false
  validation {
    condition     = can(regex("^[a-zA-Z0-9-]{3,24}$", var.name))
    error_message = "The name must be 3 to 24 characters."
  }
}
variable "parent_id" { type = string }
variable "location" { type = string }
variable "tenant_id" {
  type    = string
  default = null
}
variable "sku_name" {
  type    = string
  default = "premium"
  validation {
    condition     = contains(["standard", "premium"], var.sku_name)
    error_message = "standard or premium"
  }
}
variable "purge_protection_enabled" {
  type    = bool
  default = true
}
variable "soft_delete_retention_days" {
  type    = number
  default = null
}
variable "public_network_access_enabled" {
  type    = bool
  default = true
}
variable "legacy_access_policies_enabled" {
  type    = bool
  default = false
}
variable "legacy_access_policies" {
  type = map(object({
    object_id          = string
    tenant_id          = optional(string)
    key_permissions    = optional(set(string), [])
    secret_permissions = optional(set(string), [])
  }))
  default = {}
}
variable "network_acls" {
  type = object({
    bypass                     = optional(string, "None")
    default_action             = optional(string, "Deny")
    ip_rules                   = optional(list(string), [])
    virtual_network_subnet_ids = optional(list(string), [])
  })
  default = {}
}
variable "lock" {
  type = object({
    kind = string
    name = optional(string)
  })
  default = null
}
variable "retry" {
  type    = object({ error_message_regex = list(string) })
  default = null
}
variable "enable_telemetry" {
  type    = bool
  default = true
}
variable "tags" {
  type    = map(string)
  default = null
}
