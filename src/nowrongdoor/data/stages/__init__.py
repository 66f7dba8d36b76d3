"""What must have become so by a time on somebody's way, and when staff were in touch with them."""
