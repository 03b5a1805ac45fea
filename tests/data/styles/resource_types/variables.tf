variable "resource_types" {
  type = object({
    this      = optional(string, "Microsoft.Storage/storageAccounts@2023-05-01")
    container = optional(string, "Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01")
    lock      = optional(string, "Microsoft.Authorization/locks@2020-05-01")
  })
  default     = {}
  nullable    = false
  description = "The resource types with their api-versions."
}

variable "name" {
  type = string
}

variable "parent_id" {
  type = string
}

variable "location" {
  type    = string
  default = "westeurope"
}

variable "lock" {
  type = object({
    kind = string
    name = optional(string, null)
  })
  default = null
}
