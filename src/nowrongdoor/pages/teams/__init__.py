"""Our team: who works here, what is owed, and how a member leaves or the team closes."""
