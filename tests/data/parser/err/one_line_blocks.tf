a { b = 1, c = 2 }
d { e = 1 f = 2 }
g { h {} }
i { j = 1
}
k {
  l = 1 }
m {} n {}
