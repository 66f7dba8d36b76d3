"""Every answer of the product: viewer and instant in, frozen values out, in a fixed number of queries."""
