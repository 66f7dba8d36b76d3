"""
The looks that a demonstration's history would have left: whoever acted for somebody had their record open.

The history is acted without screens, and without these the person would read that nobody has ever looked.
"""

from datetime import datetime

from nowrongdoor.kernel.access_log import looking
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import rows, seeing


def look_back(*, until: datetime) -> None:
    """One look for each act about somebody that is known, at its instant: one statement for them all."""
    fits = {
        role: found
        for role in sorted({one["role"] for one in rows("role_sees")})
        if (found := seeing.for_purpose(role, "", on=local_date(until))) is not None
    }
    looking.record_acted(
        {role: (one.purpose, tuple(sorted(one.elements))) for role, one in fits.items() if one.elements}
    )
