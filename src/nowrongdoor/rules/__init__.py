"""The rulebook: pure functions of facts and time. No Django, no database, no clock, no randomness."""
