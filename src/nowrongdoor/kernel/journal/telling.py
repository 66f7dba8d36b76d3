"""What the journal says of one step of an act."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from nowrongdoor.kernel.tables import Table
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules.change import Step, difference


def told(table: Table[Any], step: Step, *, by: Viewer, at: datetime, happened_at: datetime) -> dict[str, Any]:
    """The columns of the entry: what changed, when it was so, when we were told, and by whom."""
    after = step.change.after
    person_id, referral_id = table.about(after)
    return {
        "id": uuid4(),
        "subject": table.name,
        "subject_id": after.id,
        "version": after.version,
        "kind": step.change.kind,
        "changes": difference(step.before, after),
        "happened_at": happened_at,
        "recorded_at": at,
        "by_member_id": by.member_id,
        "by_name": by.member_name,
        "by_team_id": by.team_id,
        "by_team_name": by.team_name,
        "agency_id": by.agency_id,
        "person_id": person_id,
        "referral_id": referral_id,
    }
