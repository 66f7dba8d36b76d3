"""Who is answerable for each referral, at every instant."""
