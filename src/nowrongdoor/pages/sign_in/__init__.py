"""Signing in and out. Until accounts arrive only a demonstration lets anyone in, as an invented member."""
