"""That the right people see the right things, and that nothing is quietly changed."""
