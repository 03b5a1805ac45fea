locals {
  empty     = ""
  plain     = "plain text"
  escapes   = "tab\t line\n return\r quote\" backslash\\ \u00e9 \U0001F600"
  markers   = "$${not} %%{not} $x %y $$ %% $ { 100% $"
  whole     = "${var.a}"
  parts     = "a-${var.a}-${var.b}-c"
  adjacent  = "${var.a}${var.b}"
  strip     = "a ${~ var.a ~} b"
  nested    = "a ${"b ${"c"} d"} e"
  object    = "x${{ a = "}" }.a}y"
  lines     = "a-${join(",", [
    "b",
    var.c,
  ])}-d"
  lines_2 = "${
    var.a
  }"
  braces    = "{ } [ ] ( ) # // /* */ <<EOT"
  if        = "a%{ if var.a }b%{ endif }c"
  if_else   = "%{ if var.a == 1 }b%{ else }c${var.d}%{ endif }"
  for       = "%{ for x in var.list }${x},%{ endfor }"
  for_key   = "%{ for k, v in var.map ~} ${k}=${v} %{~ endfor }"
  both      = "%{ for x in var.list }%{ if x }y%{ else }%{ for z in x }${z}%{ endfor }%{ endif }%{ endfor }"
  unicode   = "ä→😀"
}
