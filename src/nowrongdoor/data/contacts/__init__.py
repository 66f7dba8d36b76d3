"""Approaches to us, each recorded once."""
