"""Programming interfaces: what other systems ask, answered in their words."""
