module "registry" {
  source    = "./modules/registry"
  name      = "registry1"
  parent_id = azapi_resource.rg.id
  settings  = { adminUserEnabled = true }
}

resource "azapi_resource" "rg" {
  type     = "Microsoft.Resources/resourceGroups@2022-09-01"
  name     = "rg1"
  location = "westeurope"
}
