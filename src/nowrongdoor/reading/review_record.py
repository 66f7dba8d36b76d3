"""One review with what it is about: the opening or the decision, and what its member looked at then."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.data.sharing.facts import DECISIONS, OPENINGS, REVIEWS
from nowrongdoor.data.sharing.models import Opening as OpeningRow
from nowrongdoor.data.sharing.models import SharingDecision as DecisionRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import looks, oversight, people_search
from nowrongdoor.reading.looks import LookLine, Sought
from nowrongdoor.reading.oversight import ReviewLine
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.opening import Opening
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.review import ReviewKind
from nowrongdoor.rules.sharing import SharingDecision

DAY = timedelta(days=1)


@dataclass(frozen=True)
class ReviewRecord:
    """
    `looks` are those of the member at the person while the record was open, or on the day before; `other` is
    the record that has the number of theirs.
    """

    line: ReviewLine
    opening: Opening | None
    decision: SharingDecision | None
    other: Person | None
    looks: tuple[LookLine, ...]
    more: bool


def of(review_id: UUID, *, viewer: Viewer) -> ReviewRecord:
    """Raises `Missing` for a review there is none of, and just so for one the viewer does not look after."""
    line = oversight.one(review_id, viewer=viewer)
    if line is None:
        raise Missing(REVIEWS.name)
    asked = line.review
    opening = decision = other = None
    if asked.kind == ReviewKind.BREAK_GLASS:
        values = OpeningRow.objects.filter(pk=asked.subject_id).values_list(*OPENINGS.columns).first()
        opening = OPENINGS.of(values) if values else None
    elif asked.kind in (ReviewKind.OVERRIDE, ReviewKind.NO_AGREEMENT):
        values = DecisionRow.objects.filter(pk=asked.subject_id).values_list(*DECISIONS.columns).first()
        decision = DECISIONS.of(values) if values else None
    elif asked.kind == ReviewKind.NUMBER_IN_DOUBT:
        other = people_search.person(asked.subject_id)
    from_at, until_at = _when(asked.raised_at, opening)
    sought = Sought(asked.member_id, asked.person_id, None, from_at, until_at)
    found = looks.page(sought, agencies=[asked.agency_id])
    return ReviewRecord(line, opening, decision, other, found.lines, found.next is not None)


def _when(raised_at: datetime, opening: Opening | None) -> tuple[datetime, datetime]:
    if opening is not None:
        return opening.opened_at, opening.until_at
    return raised_at - DAY, raised_at + timedelta(seconds=1)
