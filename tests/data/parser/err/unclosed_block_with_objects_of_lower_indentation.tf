resource "a" "b" {
  body = {
    properties = {
      x = 1
    y = 2
    z = {
      w = 3
  location = "west"
  identity {
    type = "S"
  tags = {}
}

output "o" {
  value = 1
}
