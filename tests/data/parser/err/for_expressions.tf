locals {
  a = [for]
  b = [for x]
  c = [for x in]
  d = [for x in y]
  e = [for x in y :]
  f = [for x, in y : x]
  g = [for in y : x]
  h = {for x in y : x}
  i = {for x in y : x =>}
  j = [for x in y : x if]
  k = [for x in y : x ; 1]
  l = 1
}
