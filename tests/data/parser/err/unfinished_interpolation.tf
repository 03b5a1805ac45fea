resource "a" "b" {
  one   = "x-${
  two   = "x-${var.
  three = "x-${f(var.a, [
  four  = "x-${var.a
  list = [
    "a-${var.x,
    "b",
  ]
  five = "x-${"y-${z
}
