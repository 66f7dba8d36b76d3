"""Files that go with an offer."""
