"""Calls just to talk: a network is asked, its volunteers ring, and say what came of it."""
