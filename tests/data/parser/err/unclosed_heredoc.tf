resource "a" "b" {
  text = <<EOT
    some text
    ${var.a}
  name = "after"
}

resource "c" "d" {
  text = <<-NAME # comment
    x
  NAME
  blanks = <<TEXT  
x
TEXT
}
