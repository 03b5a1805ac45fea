resource "a" "b" {
  body = {
    x = "${var.
    y = foo(1,
  location = "west"
}

resource "c" "d" {
  name = "x
  body = {
}

locals {
  a = [1, 2
  b =
  c
}
}
