"""How holding people stands, in numbers and about nobody."""
