locals {
  plain  = var.a ? 1 : 2
  nested = var.a ? var.b ? 1 : 2 : var.c ? 3 : 4
  lines = (
    var.a
    ? "x"
    : "y"
  )
  object = var.a ? { a = 1 } : { b : 2 }
  call   = f(var.a ? 1 : 2, var.b == 3 ? [] : [1])
}
