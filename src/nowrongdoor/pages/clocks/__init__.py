"""What is due, what has been escalated, and the reply to it."""
