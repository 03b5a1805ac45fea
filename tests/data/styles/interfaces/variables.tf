variable "resource_types" {
  type = object({
    vault              = optional(string, "Microsoft.KeyVault/vaults@2023-07-01")
    endpoint           = optional(string, "Microsoft.Network/privateEndpoints@2023-11-01")
    diagnostic_setting = optional(string, "Microsoft.Insights/diagnosticSettings@2021-05-01-preview")
  })
  default  = {}
  nullable = false
}

variable "name" {
  type = string
}

variable "parent_id" {
  type = string
}

variable "location" {
  type = string
}

variable "tenant_id" {
  type = string
}

variable "tags" {
  type    = map(string)
  default = null
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

variable "private_endpoints" {
  type = map(object({
    name                   = optional(string)
    location               = optional(string)
    subnet_resource_id     = string
    network_interface_name = optional(string)
    ip_configurations = optional(map(object({
      private_ip_address = string
    })), {})
  }))
  default = {}
}

variable "diagnostic_settings" {
  type = map(object({
    workspace_resource_id = optional(string)
    log_groups            = optional(set(string), ["allLogs"])
  }))
  default = {}
}
