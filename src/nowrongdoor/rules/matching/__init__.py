"""
Matching: how likely two records are one person's, and why, in words.

Each part of an identity (`kinds`) is written down in one way, compared in steps from *the same* to
*another* (`agreement`), and every step weighs for or against one person (`model`): Fellegi and
Sunter's sum of weights, with rare values weighing more than common ones. The weights are learned
from records and kept as dated rows; nothing here learns, reads a clock or knows a database, so that
the search in a call and the linking of whole registers cannot answer differently.
"""
