"""Notes typed on a phone whose signal goes and comes: where they are typed, how it goes, what arrived."""
