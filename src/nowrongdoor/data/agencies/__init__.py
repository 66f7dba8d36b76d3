"""Agencies, their teams, and who works in which: everyone who can be answerable."""
