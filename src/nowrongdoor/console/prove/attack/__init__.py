"""What `./nwd prove hostile` is made of: hostile text, whoever sends it, and what is then looked for."""
