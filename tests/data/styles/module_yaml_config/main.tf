locals {
  config = yamldecode(file("${path.module}/config.yaml"))
  apps   = { for app in try(local.config.apps, []) : app.name => app }
}

resource "azapi_resource" "app" {
  for_each  = local.apps
  type      = "Microsoft.App/containerApps@2024-03-01"
  name      = each.key
  parent_id = var.parent_id
  location  = local.config.location
  body = {
    properties = {
      environmentId = var.environment_id
      configuration = {
        activeRevisionsMode = "Single"
        ingress = can(each.value.port) ? {
          external   = try(each.value.external, false)
          targetPort = each.value.port
          transport  = "auto"
        } : null
      }
      template = {
        containers = [{
          name  = each.key
          image = each.value.image
          env   = [for name, value in try(each.value.env, {}) : { name = name, value = tostring(value) }]
          resources = {
            cpu    = try(each.value.cpu, 0.25)
            memory = try(each.value.memory, "0.5Gi")
          }
        }]
        scale = { minReplicas = 0, maxReplicas = try(each.value.replicas, 1) }
      }
    }
  }
}
variable "parent_id" {}
variable "environment_id" {}
