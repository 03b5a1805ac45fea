locals {
  attribute = azapi_resource.a.output.properties.id
  index     = var.list[0]
  key       = var.map["key"].x
  computed  = var.map[var.key][local.n + 1]
  legacy    = var.list.0.name
  full      = var.list[*].id
  full_deep = var.list[*].a[0].b["c"]
  attr      = var.list.*.id
  attr_2    = var.list.*
  call      = f(1).a[0]
  tuple     = [1, 2][0]
  object    = { a = 1 }.a
  paren     = (var.a).b
  lines = [
    var.a
    .b
    [0],
  ]
  spaced = var . a [0] . b
  unary  = !var.a.b
  minus  = -var.a[0]
}
