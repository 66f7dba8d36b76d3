"""An invented place where every word says whose it is, and what each viewer of it may read."""
