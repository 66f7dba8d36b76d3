"""What someone has typed and not sent."""
