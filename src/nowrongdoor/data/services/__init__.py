"""The directory: what could help, who offers it, and when."""
