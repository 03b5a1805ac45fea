resource "azapi_resource" "budget" {
  for_each  = var.budgets
  type      = "Microsoft.Consumption/budgets@2021-10-01"
  name      = each.key
  parent_id = "/subscriptions/${var.subscription_id}"
  body = {
    properties = {
      amount    = each.value.amount
      timeGrain = each.value.time_grain
      category  = "Cost"
      timePeriod = {
        startDate = each.value.start
        endDate   = each.value.end
      }
      notifications = {
        for name, notification in each.value.notifications : name => {
          enabled       = notification.enabled
          operator      = notification.operator
          threshold     = notification.threshold
          thresholdType = notification.threshold_type
          contactEmails = notification.emails
          contactRoles  = notification.roles
        }
      }
    }
  }
}
variable "subscription_id" {}
variable "budgets" {
  type = map(object({
    amount     = number
    time_grain = optional(string, "Monthly")
    start      = string
    end        = string
    notifications = optional(map(object({
      enabled        = optional(bool, true)
      operator       = optional(string, "GreaterThan")
      threshold      = number
      threshold_type = optional(string, "Actual")
      emails         = optional(list(string), [])
      roles          = optional(list(string), [])
    })), {})
  }))
  default = {}
}
