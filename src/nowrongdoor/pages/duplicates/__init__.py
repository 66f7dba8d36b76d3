"""Two records that may be one person's: a list, and both side by side for whoever decides."""
