resource "a${b}" "c" {}
resource "a" 1 {}
resource "a" = 1
resource "a"
resource a b
resource "\q" {}
