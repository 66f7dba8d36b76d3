"""
A draft: what someone has typed into a form and not sent. Kept so that no typed text is lost.

A draft is not a record of the person: it belongs to the member who types, tells nobody anything,
and is gone when the form is sent. One that nobody has touched for long may be cleared.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date

# The form of a draft whose form was sent, or that was thrown away: it is nobody's to find.
SENT = ""


@dataclass(frozen=True)
class Draft:
    """`form` is the address of the form; `fields` are the answers as typed."""

    id: UUID
    member_id: UUID
    form: str
    fields: dict[str, list[str]]
    saved_at: datetime
    version: int = 0


def kept_for(*, at: datetime) -> timedelta:
    """How long a draft is kept after it was touched last, as it stands on this day."""
    times = {one.code: one.within for one in law.keeping_times(on=local_date(at))}
    return times["draft"]
