"""
Dispatch: who goes to whom, and when, where some visits need two people at the door.

Columns of numbers and compiled loops instead of rows, and no database: a day's visits and crews in, a
plan with its times out. It proposes; people decide. `checking` knows nothing of how a plan was found.
"""
