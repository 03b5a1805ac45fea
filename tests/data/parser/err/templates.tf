locals {
  a = "${}"
  b = "${x y}"
  c = "%{ if }a%{ endif }"
  d = "%{ if x }a"
  e = "%{ for x in y }a%{ endif }"
  f = "%{ endif }%{ else }%{ endfor }"
  g = "%{ if x }%{ for y in z }a%{ endif }"
  h = "%{ unless x }"
  i = "%{}"
  j = "\q \u12 \x"
  k = "%{ for x y }%{ endfor }"
  l = "a${~}b"
}
