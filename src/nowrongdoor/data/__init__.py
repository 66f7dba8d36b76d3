"""What is true now: PostgreSQL rows and the constraints that keep them true. No context imports another."""
