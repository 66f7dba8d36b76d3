"""Which records are one person's, which may be, and which are not."""
