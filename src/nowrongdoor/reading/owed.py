"""What is owed to someone by a time: promises with the names of those who owe them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from nowrongdoor.data.promises.facts import ESCALATIONS, PROMISES
from nowrongdoor.data.promises.models import Escalation as EscalationRow
from nowrongdoor.data.promises.models import Promise as PromiseRow
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules.access import Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.words import PromiseKind, PromiseState


@dataclass(frozen=True)
class Owed:
    """A promise and who owes it. `ended_by` is who kept it or let it go."""

    promise: Promise
    team_name: str
    member_name: str
    ended_by: str
    written_by: str = ""
    """Who wrote what waits for a second reader."""


def as_seen(owed: Iterable[Owed], sight: Sight) -> tuple[Owed, ...]:
    """The same without what whoever has this sight of it may not see."""
    return tuple(replace(one, promise=cleared(PROMISES, one.promise, sight)) for one in owed)


def still_open(
    *,
    referrals: Iterable[UUID] = (),
    contacts: Iterable[UUID] = (),
    person_id: UUID | None = None,
    calls_since: datetime | None = None,
) -> tuple[Owed, ...]:
    """What is still owed about any of these, soonest first; and the calls just to talk kept since."""
    about = Q(referral_id__in=list(referrals)) | Q(contact_id__in=list(contacts))
    if person_id is not None:
        about |= Q(person_id=person_id)
    which = Q(state=PromiseState.OPEN)
    if calls_since is not None:
        kept = Q(kind=PromiseKind.JUST_TO_TALK, state=PromiseState.KEPT, ended_at__gte=calls_since)
        which |= kept
    return _owed(about & which, "due_at")


def of_referral(referral_id: UUID) -> tuple[Owed, ...]:
    """Everything that was ever owed about a referral: what is open first, then the latest."""
    found = _owed(Q(referral_id=referral_id), "-made_at")
    return tuple(sorted(found, key=lambda one: one.promise.state != PromiseState.OPEN))


def of_contact(contact_id: UUID) -> tuple[Owed, ...]:
    """The call backs of a contact, open and ended."""
    return _owed(Q(contact_id=contact_id), "-made_at")


def one(promise_id: UUID) -> Owed:
    """One promise. Raises `Missing` when there is none."""
    found = _owed(Q(pk=promise_id), "pk")
    if not found:
        raise Missing(PROMISES.name)
    return found[0]


def escalation(escalation_id: UUID) -> Escalation | None:
    """An escalation on record; none when there is none with this key."""
    values = EscalationRow.objects.filter(pk=escalation_id).values_list(*ESCALATIONS.columns).first()
    return ESCALATIONS.of(values) if values else None


def _owed(about: Q, order: str) -> tuple[Owed, ...]:
    rows = PromiseRow.objects.filter(about).order_by(order).values_list(*under(PROMISES), *NAMES)
    found = []
    for values in rows:
        cells = Cells(values)
        found.append(Owed(cells.facts(PROMISES), *(cells.take() or "" for _ in NAMES)))
    return tuple(found)


NAMES = ("owner_team__name", "owner_member__name", "ended_by__name", "written_by__name")
