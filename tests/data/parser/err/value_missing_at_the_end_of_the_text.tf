resource "a" "b" {
  type =
