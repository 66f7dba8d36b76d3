"""What `./nwd prove kill` is made of: servers that die, members who write meanwhile, and a ledger."""
