variable "parent_id" {
  type = string
}

variable "recurrence" {
  type    = string
  default = "Daily"
}

resource "azapi_resource" "vault" {
  type      = "Microsoft.RecoveryServices/vaults@2023-04-01"
  name      = "rsv-shop"
  parent_id = var.parent_id
  location  = "westeurope"
  body = {
    sku        = { name = "RS0", tier = "Standard" }
    properties = { publicNetworkAccess = "Enabled" }
  }
}

locals {
  retention = {
    retentionPolicyType = "LongTermRetentionPolicy"
    dailySchedule = {
      retentionTimes    = ["2024-01-01T02:00:00Z"]
      retentionDuration = { count = 30, durationType = "Days" }
    }
  }
}

resource "azapi_resource" "policy" {
  type      = "Microsoft.RecoveryServices/vaults/backupPolicies@2023-04-01"
  name      = "daily"
  parent_id = azapi_resource.vault.id
  body = {
    properties = {
      backupManagementType          = "AzureIaasVM"
      instantRpRetentionRangeInDays = 5
      timeZone                      = "UTC"
      schedulePolicy = {
        schedulePolicyType   = "SimpleSchedulePolicy"
        scheduleRunFrequency = var.recurrence
        scheduleRunTimes     = ["2024-01-01T02:00:00Z"]
      }
      retentionPolicy = local.retention
    }
  }
}
