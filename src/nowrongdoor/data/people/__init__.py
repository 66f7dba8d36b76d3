"""The people this place cares for, as they are known to it."""
