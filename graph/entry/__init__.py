"""Market entry: what is required, in which ways, since when, and the algorithms over it."""
