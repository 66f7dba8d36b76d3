"""
How the loops are compiled: once, and kept beside the code, so that only the first run waits for it.

They allocate nothing, so that nothing needs to be counted to be freed: counting took most of their time.
"""

from __future__ import annotations

from numba import njit

compiled = njit(cache=True, _nrt=False, error_model="numpy")
# Written into whatever calls it: handing on so many columns costs more than what is done with them.
inner = njit(cache=True, _nrt=False, error_model="numpy", forceinline=True)
