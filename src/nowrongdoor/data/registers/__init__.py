"""Partners' registers: which of their entries are of people known here, and how each reading went."""
