resource "a" "b" {
  name = "x"
  body = {
    a = 1
    b = [
      2,
    ]
  }
  text = <<EOT
one
two ${var.a}
EOT
}
