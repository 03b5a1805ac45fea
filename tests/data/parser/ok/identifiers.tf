locals {
  a-b_c9  = var.with-dash
  größe   = local.größe
  名前      = each.value.名前
  _private = _x
  forest   = format("a")
  iffy     = inner.x
  for      = true
  if       = 1
}
null {
}
