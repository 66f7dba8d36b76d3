"""No Wrong Door: someone named always holds the person, and can prove it."""
