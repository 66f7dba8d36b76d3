"""The care traffic board: every journey, who holds it, and what is late."""
