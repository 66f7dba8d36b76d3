"""
The people who work in the place: each looks at what a screen would show, and acts through the verbs.

They never reach past the `Place`, so the same actors live in memory and in the real product.
"""
