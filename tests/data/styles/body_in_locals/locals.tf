locals {
  subnets = {
    frontend = "10.0.1.0/24"
    backend  = "10.0.2.0/24"
  }

  service_endpoints = [
    { service = "Microsoft.Storage" },
    { service = "Microsoft.KeyVault", locations = ["westeurope"] },
  ]

  address_space = {
    addressPrefixes = ["10.0.0.0/16"]
  }

  virtual_network = {
    properties = {
      addressSpace         = local.address_space
      flowTimeoutInMinutes = 4
      subnets = [
        for name, prefix in local.subnets : {
          name = name
          properties = {
            addressPrefix                  = prefix
            privateEndpointNetworkPolicies = "Disabled"
            serviceEndpoints               = local.service_endpoints
          }
        }
      ]
    }
  }
}
