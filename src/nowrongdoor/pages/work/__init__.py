"""My work: what needs this viewer now."""
