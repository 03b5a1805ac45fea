locals {
  list      = [for x in var.list : upper(x)]
  key_list  = [for i, x in var.list : "${i}-${x}"]
  filtered  = [for x in var.list : x if x != ""]
  object    = { for x in var.list : x.id => x }
  key_value = { for k, v in var.map : k => v if v != null }
  grouped   = { for x in var.list : x.group => x.id... }
  grouped_2 = { for x in var.list : x.group => x.id ... if x.id != "" }
  lines = {
    for k, v in {
      a = 1
      b = 2
    } :
    k => {
      value = v
    }
    if v > 1
  }
  nested = [
    for x in var.list :
    [
      for y in x.list : y
    ]
  ]
  conditional = [for x in var.list : x ? 1 : 2]
  names       = [for forx in [forty, format("a")] : forx]
  in_name     = [for in_x in var.if_y : in_x]
}
