"""What was done last to a row, and by whom: so that whoever comes second can be told."""

from uuid import UUID

from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.tables import has_table, table_of
from nowrongdoor.kernel.wall import engine
from nowrongdoor.rules.change import Refused


def latest(subject: str, key: UUID) -> Entry | None:
    """The last entry about a row; None when the journal knows no such row."""
    return Entry.objects.using(engine()).filter(subject=subject, subject_id=key).order_by("-version").first()


def entry(key: UUID) -> Entry | None:
    """One entry; None when there is none with this key."""
    return Entry.objects.using(engine()).filter(pk=key).first()


def name_who_acted(refusal: Refused) -> None:
    """Adds to a refusal about a row what was done to that row last, by whom and when."""
    if refusal.by_name or not has_table(type(refusal.of)):
        return
    entry = latest(table_of(type(refusal.of)).name, refusal.of.id)  # type: ignore[attr-defined]
    if entry is not None:
        refusal.kind, refusal.changed_at = entry.kind, entry.recorded_at
        refusal.by_member_id, refusal.by_name = entry.by_member_id, entry.by_name
