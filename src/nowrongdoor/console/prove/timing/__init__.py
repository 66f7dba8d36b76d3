"""What `./nwd prove clocks` asks, part by part."""
