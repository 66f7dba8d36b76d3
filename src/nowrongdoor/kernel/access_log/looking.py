"""Recording looks. A page says whom it shows; all of it is written in one statement before it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from nowrongdoor.kernel import statements
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.viewer import Viewer


@dataclass(frozen=True)
class Log:
    """Where looks are stored."""

    stored_as: str = Look._meta.db_table
    columns: tuple[str, ...] = tuple(field.attname for field in Look._meta.concrete_fields)


LOG = Log()
FOUND = "found"
"""The tie of somebody whom a search or a list shows: the page itself says by which right."""


@dataclass(frozen=True)
class Seen:
    """One person, or what is known of one, as a page shows them. `elements` as in `rules.access`."""

    person_id: UUID | None
    referral_id: UUID | None = None
    contact_id: UUID | None = None
    elements: tuple[str, ...] = ("identity",)
    relationship: str = FOUND


def record(seen: Iterable[Seen], *, page: str, purpose: str, by: Viewer, at: datetime) -> None:
    """One row for each of those seen, written together; nothing is written where nobody was shown."""
    rows = [
        [
            uuid4(),
            at,
            by.member_id,
            by.member_name,
            by.team_id,
            by.team_name,
            by.agency_id,
            by.role,
            purpose,
            one.relationship,
            one.person_id,
            one.referral_id,
            one.contact_id,
            list(one.elements),
            page,
        ]
        for one in dict.fromkeys(seen)
    ]
    if rows:
        statements.insert(LOG, rows)
