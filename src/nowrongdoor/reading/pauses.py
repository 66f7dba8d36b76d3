"""What a referral waits for before it goes on: the soonest of its open pauses, beside its clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Of the referral `r`. The limit lets the planner look at the promises of this one alone.
OF_REFERRAL = """
    LEFT JOIN LATERAL (
      SELECT d.kind, d.asked_of, d.due_at FROM promises_promise d
       WHERE d.referral_id = r.id AND d.state = 'open' AND d.kind IN ('information', 'the_person')
       ORDER BY d.due_at, d.id LIMIT 1) w ON true
"""


@dataclass(frozen=True)
class PauseLine:
    """For what (a kind of promise), who is asked, and until when."""

    kind: str
    asked_of: str
    until: datetime


def pause(kind: str | None, asked_of: str | None, until: Any) -> PauseLine | None:
    """The columns of such a join as one; none where nothing is waited for."""
    return PauseLine(kind, asked_of or "", until) if kind else None
