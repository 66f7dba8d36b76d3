"""Page furniture: what every page is built from, and the one place where time is told in local words."""
