locals {
  integers  = [0, 7, 1234567890, 18446744073709551615]
  fractions = [0.5, 1.25e3, 1e10, 2E-3, 6.02e+23]
  negative  = -4
  not       = !true
  double    = !(!var.a)
  minus     = - 3
  words     = [true, false, null]
  sum       = 1 + 2 - 3
  product   = 4 * 5 / 6 % 7
  mixed     = 1 + 2 * 3 - -4
  compare   = 1 < 2 && 3 <= 4 || 5 > 6 && 7 >= 8
  equal     = var.a == 1 || var.b != "x"
  not_equal = !var.a == false
  paren     = (1 + 2) * 3
  deep      = ((((1))))
}
