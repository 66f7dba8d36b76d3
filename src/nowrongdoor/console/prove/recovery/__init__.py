"""What `./nwd prove restore` is made of: a PostgreSQL with an archive, and remembered moments."""
