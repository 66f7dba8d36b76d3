"""Every write of the product: one function an act, named by a care verb, in one transaction."""
