variable "environment_id" {
  type = string
}

variable "parent_id" {
  type = string
}

variable "ingress" {
  type = object({
    external    = optional(bool, false)
    target_port = number
    transport   = optional(string, "auto")
  })
  default = null
}

variable "containers" {
  type = list(object({
    name   = string
    image  = string
    cpu    = optional(number, 1)
    memory = optional(string, "2Gi")
    env    = optional(map(string), {})
  }))
}

variable "secrets" {
  type      = map(string)
  default   = {}
  sensitive = true
}

resource "azapi_resource" "app" {
  type                      = "Microsoft.App/containerApps@2024-03-01"
  name                      = "ca-shop"
  parent_id                 = var.parent_id
  location                  = "westeurope"
  schema_validation_enabled = true

  body = {
    properties = {
      environmentId = var.environment_id
      configuration = {
        activeRevisionsMode = "Single"
        ingress = var.ingress == null ? null : {
          external   = var.ingress.external
          targetPort = var.ingress.target_port
          transport  = var.ingress.transport
          traffic    = [{ latestRevision = true, weight = 100 }]
        }
      }
      template = {
        containers = [
          for container in var.containers : {
            name  = container.name
            image = container.image
            env   = [for name, value in container.env : { name = name, value = value }]
            resources = {
              cpu    = container.cpu
              memory = container.memory
            }
          }
        ]
        scale = {
          minReplicas = 0
          maxReplicas = 3
        }
      }
    }
  }

  sensitive_body = {
    properties = {
      configuration = {
        secrets = [for name, value in var.secrets : { name = name, value = value }]
      }
    }
  }

  tags = merge({ part = "shop" }, {})
}
