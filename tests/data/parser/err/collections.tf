locals {
  a = [1 2, , 3]
  b = [,]
  c = {, x = 1}
  d = { x = 1,, y = 2 }
  e = { x = 1 y = 2 }
  f = { for = 1 }
  g = { = 1, b = 2 }
  h = f(1 2)
  i = f(1..., 2)
  j = f(,)
  k = a[]
  l = ()
  m = b::c
  n = b::
  o = { x = { y = 1 }
  p = 1
}
