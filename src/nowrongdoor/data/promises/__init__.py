"""What a team owes a person by a time."""
