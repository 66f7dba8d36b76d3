"""How what was looked for is counted. The gap ledger is about nobody: it leaves no journal entry."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.services.facts import SITTINGS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, gaps
from nowrongdoor.rules.gaps import Sitting


@transaction
def count(*, found: Sitting, next_key: UUID, by: Viewer, at: datetime) -> UUID:
    """
    Count a search in the gap ledger, and answer with the sitting it counts in.

    Asked again in a moment, it is the same search and not another. Nothing is kept of who asked.
    """
    access.need(by, "service.find", at=at)
    store.one_at_a_time(f"sitting:{found.id}")
    before = store.lock_where(SITTINGS, id=found.id)
    step = gaps.count(before[0] if before else None, found, next_key=next_key, at=at)
    if step is None:
        return found.id
    store.keep([step])
    key: UUID = step.change.after.id
    return key
