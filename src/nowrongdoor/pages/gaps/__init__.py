"""The gap ledger: what was looked for and not found, in numbers and about nobody."""
