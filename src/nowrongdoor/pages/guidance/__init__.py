"""Guidance a place owns: its versions, each drawn, looked at, compared, replayed and put live."""
