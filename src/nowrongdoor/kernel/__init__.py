"""The few tools everything below the front doors shares: rows, store, journal, transactions, now."""
