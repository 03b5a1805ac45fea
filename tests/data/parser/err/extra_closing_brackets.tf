resource "a" "b" {
  body = {
    x = 1
  }
  }
  y = 2
  z = f(3))
  w = [4]]
}
}

locals {
  a = 1
}}
