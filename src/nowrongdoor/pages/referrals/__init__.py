"""Referrals: who holds each, by when, what was promised, and what may be done about it."""
