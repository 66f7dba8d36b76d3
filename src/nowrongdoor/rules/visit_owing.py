"""
What is owed with a visit: to be there, that whoever is alone is safe, and what follows from it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import promise
from nowrongdoor.rules.change import Refused, Step, changed
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.promise_kinds import AT_THE_VISIT_ITSELF
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.visit_record import Going, Visit
from nowrongdoor.rules.words import PromiseKind, VisitState

ANSWER = "answer"


def owed(visit: Visit, open_promises: Sequence[Promise]) -> list[Promise]:
    """What is owed with this visit, and not with another to the same person."""
    names = (PromiseKind.VISIT, ANSWER, "write up", _check(visit.check_ins))
    ids = {uuid5(visit.id, name) for name in names}
    return [one for one in open_promises if one.id in ids]


def need_written_up(promised: Promise, visits: Iterable[Visit]) -> None:
    """
    What came of a visit is said at the visit, as long as it is open, and so is whether a team that was asked
    comes along: no word beside it settles that.
    """
    for one in visits:
        waits = one.state == VisitState.ASKED_ALONG and promised.id == uuid5(one.id, ANSWER)
        if waits or (promised.id == uuid5(one.id, "write up") and one.ended_at is None):
            raise Refused(AT_THE_VISIT_ITSELF, code="answered_at_the_visit", of=promised)


def _check(number: int) -> str:
    return f"check_in {number}"


def settle(owed: Sequence[Promise], kind: PromiseKind, words: str, *, by: UUID, at: datetime) -> list[Step]:
    return list(promise.settle(owed, words=words, kinds=frozenset({kind}), by=by, at=at))


def gone(
    visit: Visit, goings: Sequence[Going], owed: Sequence[Promise], *, by: UUID, at: datetime
) -> list[Step]:
    if visit.left_at is not None:
        return []
    return [*free(goings, at=at), *settle(owed, PromiseKind.CHECK_IN, "They have left.", by=by, at=at)]


def free(goings: Sequence[Going], *, at: datetime) -> list[Step]:
    """They may go elsewhere from now on: what was planned for longer is not."""
    return [
        changed(one, "going.ended", is_under_way=False, until_at=max(one.from_at, min(one.until_at, at)))
        for one in goings
    ]


def safe_again(visit: Visit, about: Referral, *, number: int, at: datetime) -> Step:
    words = "Ring whoever is alone on this visit: they have not said that they are safe."
    return owe(visit, about, PromiseKind.CHECK_IN, words, of=_check(number), at=at)


def owe(
    visit: Visit,
    about: Referral,
    kind: PromiseKind,
    words: str,
    *,
    of: str,
    at: datetime,
    team_id: UUID | None = None,
    due_at: datetime | None = None,
) -> Step:
    return promise.make(
        promise_id=uuid5(visit.id, of),
        kind=kind,
        team_id=team_id or visit.team_id,
        member_id=None,
        words=words,
        due_at=due_at,
        at=at,
        referral_id=about.id,
        person_id=about.person_id,
        by_rows=True,
    )
