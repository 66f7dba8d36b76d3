"""
How often something was tried lately, known to every process at once: one statement, which also counts.

Kept for minutes beside failed tries to sign in, under a fingerprint: nobody reads from it who tried.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connections

from nowrongdoor.kernel.wall import engine

# The first try begins a time in which tries are counted; the first after its end begins another.
COUNT = """
INSERT INTO accounts_remembered AS known (cache_key, value, expires) VALUES (%(key)s, '1', %(until)s)
ON CONFLICT (cache_key) DO UPDATE SET
    value = CASE WHEN known.expires <= %(at)s THEN '1' ELSE (known.value::int + 1)::text END,
    expires = CASE WHEN known.expires <= %(at)s THEN excluded.expires ELSE known.expires END
RETURNING value::int, expires
"""


@dataclass(frozen=True)
class Pace:
    """One more try of somebody's, to be counted: `most` are let by within a time."""

    key: str
    at: datetime
    within: timedelta
    most: int

    def params(self) -> dict[str, object]:
        return {"key": self.key, "at": self.at, "until": self.at + self.within, "most": self.most}


class TooFast(Exception):
    """More tries than are let by, until an instant."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too fast")
        self.until = until


def of(what: str, *whose: object, within: timedelta, most: int, at: datetime) -> Pace:
    """A try of this kind by these, under a fingerprint."""
    fingerprint = sha256("/".join(map(str, whose)).encode()).hexdigest()
    return Pace(f"pace:{what}:{fingerprint}", at, within, most)


def count(pace: Pace) -> tuple[int, datetime]:
    """
    This try is counted: how many there were now, and until when they are remembered. Raises `TooFast` when
    it is one too many.
    """
    with connections[engine()].cursor() as cursor:
        cursor.execute(COUNT, pace.params())
        tries, until = cursor.fetchone()
    judge(pace, tries, until)
    return tries, until


def judge(pace: Pace, tries: int, until: datetime) -> None:
    """Raises `TooFast` when these are more than are let by."""
    if tries > pace.most:
        raise TooFast(until)
