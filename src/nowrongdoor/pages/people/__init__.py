"""People: looked for before they are registered, opened by two identifiers, told as one story."""
