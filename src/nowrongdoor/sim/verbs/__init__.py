"""
The verbs of the place in miniature: the same names, arguments, order and refusals as `journeys`.

Each loads its rows, compares what was seen, asks `access` and the rule, and writes every step.
"""
