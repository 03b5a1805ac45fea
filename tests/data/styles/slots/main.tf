variable "is_slot" {
  type    = bool
  default = false
}

variable "parent_id" {
  type        = string
  description = "The resource group, or the site of a slot."
}

variable "name" {
  type = string
}

variable "service_plan_id" {
  type    = string
  default = null
}

variable "always_on" {
  type    = bool
  default = null
}

variable "app_settings" {
  type    = map(string)
  default = {}
}

resource "azapi_resource" "this" {
  type      = var.is_slot ? "Microsoft.Web/sites/slots@2023-12-01" : "Microsoft.Web/sites@2023-12-01"
  name      = var.name
  parent_id = var.parent_id
  location  = "westeurope"

  body = {
    kind = "app,linux"
    properties = merge(
      {
        for key, value in {
          serverFarmId  = var.service_plan_id
          httpsOnly     = true
          reserved      = true
          clientCertMode = null
        } : key => value if value != null
      },
      {
        siteConfig = merge(
          {
            minTlsVersion  = "1.2"
            linuxFxVersion = "NODE|20-lts"
            appSettings = [
              for key, value in var.app_settings : {
                name  = key
                value = value
              }
            ]
          },
          var.always_on == null ? {} : { alwaysOn = var.always_on },
        )
      },
    )
  }
}
