variable "name" {}
variable "parent_id" {}
variable "zone_redundancy" {
  type    = string
  default = "Enabled"
}
variable "public_network_access" {
  type = object({
    mode = optional(string, "Enabled")
  })
  default = {}
}
