"""Signing in and out: as an invented member in a demonstration, with an account anywhere else."""
