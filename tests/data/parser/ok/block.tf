resource "azapi_resource" "a" {
  type = "T@v"
  tags = { a = 1, "b" : 2 }
  nested { x = var.y[0].id }
}
