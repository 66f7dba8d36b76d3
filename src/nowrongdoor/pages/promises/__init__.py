"""Promises: made to a person by a time, and raised to a team that can act when they are late."""
