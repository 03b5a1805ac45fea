resource "a" "b"
  name = 1
  nested "x"
    y = 2
  }
}

resource "c" "d"
{
  name = 3
}

resource "e" "f"

locals
  z = 1
