"""Settings, addresses and what stands around every request."""
