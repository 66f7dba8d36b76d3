"""Decisions to share, agreements behind them, seals, openings of records, and their reviews."""
