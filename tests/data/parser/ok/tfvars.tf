name = "a"
list = [
  1,
]

  indented = true
