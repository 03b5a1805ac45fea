locals {
  access_policies = [
    for policy in values(var.legacy_access_policies) : {
      objectId = policy.object_id
      tenantId = coalesce(policy.tenant_id, data.azapi_client_config.current.tenant_id)
      permissions = {
        keys    = policy.key_permissions
        secrets = policy.secret_permissions
      }
    }
  ]
  avm_azapi_header = join(" ", ["azpfx-module/1.0", "source/${path.module}"])
}
