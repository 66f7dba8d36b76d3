"""My record: what a person reads of their own record, and who looked at it."""
