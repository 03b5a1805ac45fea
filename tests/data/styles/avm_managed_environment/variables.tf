variable "name" {}
variable "resource_group_id" {}
variable "location" {}
variable "infrastructure_resource_group_name" {
  type    = string
  default = null
}
variable "infrastructure_subnet_id" {
  type    = string
  default = null
}
variable "internal_load_balancer_enabled" {
  type    = bool
  default = false
}
variable "peer_authentication_enabled" {
  type    = bool
  default = false
}
variable "zone_redundancy_enabled" {
  type    = bool
  default = true
}
variable "workload_profile" {
  type = set(object({
    name                  = string
    workload_profile_type = string
    minimum_count         = optional(number)
    maximum_count         = optional(number)
  }))
  default = []
}
variable "dapr_components" {
  type = map(object({
    component_type = string
    version        = string
    ignore_errors  = optional(bool, true)
    init_timeout   = optional(string)
    scopes         = optional(list(string))
    metadata       = optional(list(object({ name = string, value = optional(string) })))
  }))
  default = {}
}
