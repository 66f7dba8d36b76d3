"""Who has which part in whose care: written by triggers alone, from the rows that say so."""
