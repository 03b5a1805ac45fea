locals {
  none     = timestamp()
  one      = upper("a")
  more     = coalesce(var.a, var.b, "c")
  trailing = f(1, 2,)
  lines = merge(
    var.a,
    {
      b = 1
    },
  )
  expand   = concat(var.lists...)
  expand_2 = f(1, var.lists ...)
  provided = provider::azapi::build_resource_id("a", "b")
  core     = core::max(1, 2)
  nested   = f(g(h(1)), [i(2)])
}
