"""Two agencies put on record what they agreed to share."""

from datetime import datetime

from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agreement
from nowrongdoor.rules.agreement import Agreement


@transaction
def enter(*, facts: Agreement, by: Viewer, at: datetime) -> None:
    """Put an agreement on record, as it was signed: what is shared, on which law, and until when."""
    access.need(by, "agreement.enter", at=at)
    store.save([agreement.enter(facts, at=at)], by=by, at=at)
