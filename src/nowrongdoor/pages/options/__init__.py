"""Finding what could help, and what a service says of its places."""
