a = 1
/* never closed
b = 2
c = 3 /* nor this
