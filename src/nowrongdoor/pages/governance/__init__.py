"""Who looked at whom and why: what is to be looked into, what was agreed, and the access log."""
