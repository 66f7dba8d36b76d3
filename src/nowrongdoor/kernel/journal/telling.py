"""What the journal says of one row's part in an act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.tables import Table
from nowrongdoor.kernel.viewer import Viewer


@dataclass(frozen=True)
class Journal:
    """Where entries are stored."""

    stored_as: str = Entry._meta.db_table
    columns: tuple[str, ...] = tuple(field.attname for field in Entry._meta.concrete_fields)


JOURNAL = Journal()


def told(
    table: Table[Any], after: Any, kind: str, changes: dict[str, list[Any]], *, by: Viewer, at: datetime
) -> dict[str, Any]:
    """The columns of the entry: what changed, when it was so, when we were told, and by whom."""
    person_id, referral_id = table.about(after)
    return {
        "id": uuid4(),
        "subject": table.name,
        "subject_id": after.id,
        "version": after.version,
        "kind": kind,
        "changes": changes,
        # A row that says when it was so is believed; everything else was so when we were told.
        "happened_at": getattr(after, "happened_at", at) if after.version == 1 else at,
        "recorded_at": at,
        "by_member_id": by.member_id,
        "by_name": by.member_name,
        "by_team_id": by.team_id,
        "by_team_name": by.team_name,
        "agency_id": by.agency_id,
        "person_id": person_id,
        "referral_id": referral_id,
    }
