"""
Linkage: whole registers compared at once, by the model of `rules.matching`.

Columns of numbers instead of records, and no database: two files in, pairs with their probabilities
out. Needs what `requirements-linkage.lock` holds; nothing that answers a request imports it.
"""
