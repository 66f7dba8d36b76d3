"""Contacts: recorded once, in the caller's own words; linked to a person later; ended with an outcome."""
