locals {
  plain = <<EOT
first
  second ${var.a}
$${not} "quoted" \n
EOT
  indented = <<-EOT
    first

      second
    third ${var.b}
  EOT
  flush = <<-EOT
    one
  ${var.a}
    two
  EOT
  directives = <<-EOT
    %{ if var.a ~}
    yes
    %{ else ~}
    no
    %{ endif ~}
    %{ for x in var.list }
      ${x}
    %{ endfor }
  EOT
  in_call = f(<<-ONE
    a
  ONE
  , <<TWO
b
TWO
  )
  in_object = {
    a = <<EOT
resource "x" "y" {
  unclosed = [
EOT
    b = 2
  }
  inside = <<OUTER
${f(<<INNER
text
INNER
)}
OUTER
  blanks_behind = <<EOT
text
EOT   
}
