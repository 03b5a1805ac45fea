locals {
  empty = <<EOT
EOT
  looks_like_the_end = <<EOT
EOT2
 EOT x
xEOT
EOT
  after_interpolation = <<EOT
${var.a}EOT
EOT
}
