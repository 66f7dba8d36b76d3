"""The directory as columns of numbers: what `rules.fitting` answers, for all services at once."""
