# hash
// slashes
/* block */
/* over
   lines */ locals { # behind an opening brace
  a = 1 # behind a value
  b = /* before a value */ 2 // two
  /* before a name */ c = 3
  d = [ # in a list
    1, // one
    /* gone */ 2
    # last
  ]
  e = { # in an object
    # alone
    x = 1 # one
    /* key */ y /* sep */ = /* value */ 2
  }
  f = 1 /* a comment over
  two lines does not end the item */ + 2
} # behind a closing brace
