"""
The list of a network of volunteers: who asked for a call just to talk, soonest first, and what came of it.

It tells a first name, when it suits them and what they would like to talk about, in their words; the number
only to whoever said that they will ring, and nothing of somebody whose record has been restricted since.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.promises.facts import PROMISES, TALKS
from nowrongdoor.data.promises.models import Talk as TalkRow
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.data.sharing.models import Seal as SealRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.talk import NEED, Talk
from nowrongdoor.rules.words import ContactState, PromiseKind, PromiseState

SHOWN = 50
BACK = timedelta(days=7)
KEPT_BACK = "Kept back"


@dataclass(frozen=True)
class Call:
    """A call and its promise; who will ring, and who asked for it. `is_kept` where nothing is told."""

    talk: Talk
    promise: Promise
    taken_by: str
    asked_by: str
    asked_team: str
    is_kept: bool


@dataclass(frozen=True)
class Calls:
    """Those that wait, and those that ended lately."""

    waiting: tuple[Call, ...]
    ended: tuple[Call, ...]
    more: bool


def of_team(*, viewer: Viewer, at: datetime) -> Calls:
    """What the viewer's team owes, soonest first, and how the last week's ended. Two statements."""
    ours = Q(promise__owner_team=viewer.team_id, promise__kind=PromiseKind.JUST_TO_TALK)
    waiting = _calls(ours & Q(promise__state=PromiseState.OPEN), "promise__due_at", viewer)
    over = ~Q(promise__state=PromiseState.OPEN) & Q(promise__ended_at__gte=at - BACK)
    ended = _calls(ours & over, "-promise__ended_at", viewer)
    return Calls(waiting[:SHOWN], ended[:SHOWN], len(waiting) > SHOWN)


def one(talk_id: UUID, *, viewer: Viewer) -> Call:
    """One call of the viewer's team. Raises `Missing` where it is another team's, or there is none."""
    found = _calls(Q(pk=talk_id, promise__owner_team=viewer.team_id), "pk", viewer)
    if not found:
        raise Missing(TALKS.name)
    return found[0]


def owed(promise_id: UUID, *, viewer: Viewer, at: datetime) -> Call:
    """
    The call that this promise is of: of the viewer's team, waiting or ended as lately as their list tells.
    Raises `Missing` for any other, whether there is one or not. One statement.
    """
    lately = Q(promise__state=PromiseState.OPEN) | Q(promise__ended_at__gte=at - BACK)
    found = _calls(Q(promise_id=promise_id, promise__owner_team=viewer.team_id) & lately, "pk", viewer)
    if not found:
        raise Missing(TALKS.name)
    return found[0]


@dataclass(frozen=True)
class Stopping:
    """A call that may be stopped: whom to ring, which team owes it, and who said that they will."""

    promise: Promise
    ask_for: str
    team: str
    taken_by: str


def stopped(promise_id: UUID, *, seen: Vantage) -> Stopping:
    """
    One call, for whoever has a part in what it is owed on. Raises `Missing` where this viewer is shown
    nothing of that, and where the promise is of another kind. One statement.
    """
    rows = TalkRow.objects.filter(promise_id=promise_id)
    names = ("ask_for", "promise__owner_team__name", "promise__owner_member__name")
    values = rows.values_list(*under(PROMISES, "promise"), *names).first()
    if values is None or not seen.sight.shows(Element.IDENTITY):
        raise Missing(TALKS.name)
    cells = Cells(values)
    promise = cells.facts(PROMISES)
    return Stopping(promise, *(cells.take() or "" for _ in names))


def is_asked(talk_id: UUID) -> Talk | None:
    """A call on record; none when there is none with this key."""
    values = TalkRow.objects.filter(pk=talk_id).values_list(*TALKS.columns).first()
    return TALKS.of(values) if values else None


def networks() -> tuple[Service, ...]:
    """The networks that can be asked: of the directory, just to talk, with a team that takes part here."""
    rows = ServiceRow.objects.filter(
        needs__contains=[NEED], team__isnull=False, team__closed_at=None, missing_since=None
    )
    return tuple(SERVICES.of(values) for values in rows.order_by("name", "pk").values_list(*SERVICES.columns))


def who_rang(team_id: UUID, *, most: int) -> tuple[tuple[UUID, str, str], ...]:
    """Contacts a team took of people on record, the latest first: a first name, and the number they left."""
    rows = ContactRow.objects.filter(team_id=team_id, state=ContactState.CLOSED, person__isnull=False)
    rows = rows.exclude(person__given_names="").order_by("-received_at", "pk")
    found = rows.values_list("pk", "person__given_names", "callback_number")[:most]
    return tuple((key, names.split()[0], number) for key, names, number in found)


def _calls(which: Q, order: str, viewer: Viewer) -> tuple[Call, ...]:
    sealed = SealRow.objects.filter(
        Q(person_id=OuterRef("promise__person_id"), referral_id=None, contact_id=None)
        | Q(contact_id=OuterRef("promise__contact_id"))
        | Q(referral_id=OuterRef("promise__referral_id")),
        lifted_at=None,
    )
    names = ("promise__owner_member__name", "asked_by__name", "asked_team__name")
    rows = TalkRow.objects.filter(which).annotate(kept=Exists(sealed)).order_by(order, "pk")
    found = []
    for values in rows.values_list(*under(TALKS), *under(PROMISES, "promise"), *names, "kept")[: SHOWN + 1]:
        cells = Cells(values)
        talk, promise = cells.facts(TALKS), cells.facts(PROMISES)
        taken, asked, team = (cells.take() or "" for _ in names)
        found.append(_shown(Call(talk, promise, taken, asked, team, cells.take()), viewer))
    return tuple(found)


def _shown(one: Call, viewer: Viewer) -> Call:
    """Without the number for whoever has not said that they will ring; with nothing where it is kept back."""
    if one.is_kept:
        return replace(one, talk=replace(one.talk, ask_for=KEPT_BACK, number="", words=""))
    is_theirs = one.promise.owner_member_id == viewer.member_id and one.promise.state == PromiseState.OPEN
    return one if is_theirs else replace(one, talk=replace(one.talk, number=""))
