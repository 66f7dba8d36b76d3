"""The care traffic board: every open referral, who holds it, and what is late."""
