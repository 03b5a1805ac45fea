resource "azapi_resource" "a {
  name = 1
}
resource "azapi_resource "b" {
  name = 2
}
resource azapi_resource" "c" {
  name = 3
}
