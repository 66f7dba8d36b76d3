"""The list to work from when nothing answers, and keying in afterwards what happened on paper."""
