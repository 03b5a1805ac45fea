resource "a" "b" {
  body = {
    x = "${var.
    y = foo(1,
  location = "west"
}

resource "c" "d" {
  body = {
}

variable "e" {
  list = [
    1,

locals {
  a = [1, 2
  b = (3
  c = 4
}
