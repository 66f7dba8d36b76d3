"""Crews, visits, the board of both, and the visit at the door."""
