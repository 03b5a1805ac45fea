resource "a" "b" {
  one =
  two
  three "x"
  four 4
  five: 5
  six == 6
  "seven" = 7
  eight = var.
  nine = var.a[
  ten = 1 +
  eleven = a ? b
  twelve = -
  body = {
    one =
    two
    three :
    four 4
    "five"
    "six" =
    seven = 7 eight = 8
    nine => 9
  }
}
