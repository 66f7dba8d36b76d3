"""The triage inbox and the decision."""
