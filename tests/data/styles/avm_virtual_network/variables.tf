variable "parent_id" { type = string }
variable "name" { type = string }
variable "location" { type = string }
variable "address_space" {
  type = set(string)
}
variable "tags" {
  type    = map(string)
  default = null
}
variable "bgp_community" {
  type    = string
  default = null
}
variable "dns_servers" {
  type    = object({ dns_servers = set(string) })
  default = null
}
variable "ddos_protection_plan" {
  type    = object({ id = string, enable = bool })
  default = null
}
variable "encryption" {
  type    = object({ enabled = bool, enforcement = string })
  default = null
}
variable "extended_location" {
  type    = object({ name = string, type = string })
  default = null
}
variable "flow_timeout_in_minutes" {
  type    = number
  default = null
}
variable "subnets" {
  type = map(object({
    name                              = string
    address_prefixes                  = list(string)
    delegation                        = optional(list(object({ name = string, service_delegation = object({ name = string }) })))
    nat_gateway                       = optional(object({ id = string }))
    network_security_group_id         = optional(string)
    private_endpoint_network_policies = optional(string, "Enabled")
    service_endpoints                 = optional(set(string))
  }))
  default = {}
}
