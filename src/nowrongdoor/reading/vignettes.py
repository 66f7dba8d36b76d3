"""
Invented cases: what a member said of them, for that member alone, and how often each response time was given.

No page reads the rows: the second wall hands out numbers of everybody, and to whoever asks their own.
"""

from datetime import datetime

from django.db import connection

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules.vignettes import Given

OWN = "SELECT vignette, rated, rated_at FROM vignettes_rated_by(%(member)s)"
COUNTED = "SELECT vignette, rated, counted FROM vignettes_counted()"


def own(viewer: Viewer) -> dict[str, tuple[str, datetime]]:
    """What the viewer said of each version of a case, and when. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(OWN, {"member": viewer.member_id})
        return {vignette: (rated, at) for vignette, rated, at in cursor.fetchall()}


def given() -> Given:
    """How often each response time was given to each version of a case. One statement."""
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        for vignette, rated, counted in cursor.fetchall():
            found.setdefault(vignette, {})[rated] = counted
    return found
