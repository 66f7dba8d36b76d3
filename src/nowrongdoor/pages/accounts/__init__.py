"""One's own account: its password, its second steps, and the link that opens it the first time."""
