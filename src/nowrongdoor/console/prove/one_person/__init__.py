"""Small places in which records are merged and parted at random, and what must hold after each act."""
