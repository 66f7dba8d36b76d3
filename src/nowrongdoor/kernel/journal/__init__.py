"""The journal: an append-only story of every change, by grant and by trigger."""
