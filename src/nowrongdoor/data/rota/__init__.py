"""Who is on call, for which team or agency, from when until when."""
