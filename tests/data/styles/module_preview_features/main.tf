resource "azapi_resource" "app" {
  type      = "Microsoft.App/jobs@2024-03-01"
  name      = "job1"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    properties = {
      environmentId = var.environment_id
      configuration = {
        replicaTimeout        = 300
        replicaRetryLimit     = 1
        triggerType           = var.schedule == null ? "Manual" : "Schedule"
        manualTriggerConfig   = var.schedule == null ? { parallelism = 1, replicaCompletionCount = 1 } : null
        scheduleTriggerConfig = var.schedule == null ? null : { cronExpression = var.schedule, parallelism = 1, replicaCompletionCount = 1 }
      }
      template = {
        containers = [{ name = "job", image = "mcr.microsoft.com/k8se/quickstart-jobs:latest", resources = { cpu = 0.25, memory = "0.5Gi" } }]
      }
    }
  }
}
variable "parent_id" {}
variable "environment_id" {}
variable "schedule" {
  type    = string
  default = null
}
