output "resource_id" {
  value = azapi_resource.this.id
}
output "uri" {
  value = azapi_resource.this.output.properties.vaultUri
}
