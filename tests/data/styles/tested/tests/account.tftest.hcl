mock_provider "azapi" {}

variables {
  environment = "production"
}

run "keeps_copies_in_another_region" {
  command = plan

  assert {
    condition     = azapi_resource.account.body.sku.name == "Standard_GZRS"
    error_message = "An account of production is kept in two regions."
  }
}

run "refuses_other_environments" {
  command = plan

  variables {
    environment = "elsewhere"
  }

  expect_failures = [var.environment]
}
