resource "azapi_resource" "a" {
  type = "Microsoft.
  name = "x-${var.name}
  tags = { a = "b, c = "d" }
  list = [
    "a,
    "b",
  ]
  last = 1
}
