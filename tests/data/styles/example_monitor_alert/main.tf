resource "azapi_resource" "actionGroup" {
  type      = "Microsoft.Insights/actionGroups@2023-01-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "global"
  body = {
    properties = {
      enabled        = true
      groupShortName = "acctestag1"
      emailReceivers = [{ name = "ops", emailAddress = "ops@example.com", useCommonAlertSchema = true }]
    }
  }
}

resource "azapi_resource" "metricAlert" {
  type      = "Microsoft.Insights/metricAlerts@2018-03-01"
  parent_id = var.parent_id
  name      = "acctest0001"
  location  = "global"
  body = {
    properties = {
      actions     = [{ actionGroupId = azapi_resource.actionGroup.id, webHookProperties = {} }]
      autoMitigate = true
      criteria = {
        "odata.type" = "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria"
        allOf = [{
          criterionType   = "StaticThresholdCriterion"
          metricName      = "UsedCapacity"
          metricNamespace = "Microsoft.Storage/storageAccounts"
          name            = "Metric1"
          operator        = "GreaterThan"
          threshold       = 55.5
          timeAggregation = "Average"
          dimensions      = []
        }]
      }
      description         = ""
      enabled             = true
      evaluationFrequency = "PT1M"
      scopes              = [var.target_id]
      severity            = 3
      windowSize          = "PT1H"
    }
  }
}
variable "parent_id" {}
variable "target_id" {}
