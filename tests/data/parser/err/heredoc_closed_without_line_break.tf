resource "a" "b" {
  x = <<EOT
    text
    EOT