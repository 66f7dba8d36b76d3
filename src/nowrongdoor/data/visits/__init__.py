"""Crews on shift, visits, and who goes on which."""
