locals {
  empty_list   = []
  empty_object = {}
  list         = [1, "a", true, null, [2], { a = 1 }]
  trailing     = [1, 2,]
  lines = [
    1,
    2
    ,
    3
  ]
  object = {
    name       = 1
    "quoted"   = 2
    "with.dot" : 3
    4          = 4
    true       = 5
    null       = 6
    (var.key)  = 7
    "x${var.a}" = 8
    if         = 9
    in         = 10
    a-b        = 11
    var.x      = 12
    last       = { y = { z = 1 } }
  }
  one_line       = { a = 1, b : 2, c = 3 }
  one_line_comma = { a = 1, b = 2, }
  commas = {
    a = 1,
    b = 2,

    c = 3, d = 4
  }
  same_line_end = { a = 1
  b = 2 }
}
