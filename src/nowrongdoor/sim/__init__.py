"""
A place in miniature: invented people and staff on a simulated clock, driven by the rulebook alone.

Pure Python and seeded: the same seed makes the same place, the same four weeks and the same mischief.
"""
