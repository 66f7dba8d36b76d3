"""
What somebody reads of their own record: who holds them and on which number, what is owed to them by when,
what they said themselves, with whom it is shared. Eight statements.

What other people said about them, and what staff wrote, is not read at all: it cannot be shown by mistake.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.data.sharing.facts import DECISIONS, PERMISSIONS, SEALS
from nowrongdoor.data.sharing.models import Permission as PermissionRow
from nowrongdoor.data.sharing.models import Seal as SealRow
from nowrongdoor.data.sharing.models import SharingDecision as DecisionRow
from nowrongdoor.reading import holder_lines, owed
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.person_record import restricted
from nowrongdoor.rules import own, permission, sharing
from nowrongdoor.rules.access import Element, Relationship, Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.own import Reader
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import CLOSED
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision

MOST = 50
CALLS_BACK = timedelta(days=28)


@dataclass(frozen=True)
class Help:
    """An open referral: who holds it since when, the member where one is named, the number to ring."""

    needs: tuple[str, ...]
    state: str
    due_at: datetime | None
    team_name: str
    agency_name: str
    member_name: str
    phone: str
    since_at: datetime


@dataclass(frozen=True)
class OwedToMe:
    """What a team has promised; who of them is not told."""

    promise: Promise
    team_name: str


@dataclass(frozen=True)
class OwnWords:
    """What the person said themselves, when, and to which team."""

    said_at: datetime
    words: str
    wish: str
    team_name: str


@dataclass(frozen=True)
class SharedWith:
    """A decision to share, and the team it is shared with."""

    decision: SharingDecision
    team_name: str
    agency_id: UUID
    agency_name: str


@dataclass(frozen=True)
class OwnRecord:
    person: Person
    helps: tuple[Help, ...]
    owed: tuple[OwedToMe, ...]
    said: tuple[OwnWords, ...]
    shared: tuple[SharedWith, ...]


@dataclass(frozen=True)
class Withheld:
    """What is withheld, to keep somebody safe: which referrals and contacts; whether the names of staff."""

    items: frozenset[UUID]
    names: bool


def reader(person_id: UUID) -> Reader | None:
    """The person of a record, as whoever reads it; none where there is no such record."""
    values = PersonRow.objects.filter(pk=person_id).values_list(*PEOPLE.columns).first()
    return Reader(person_id, PEOPLE.of(values).name) if values else None


def offered() -> Reader | None:
    """
    In a demonstration, an invented person worth being: somebody held who has spoken for themselves. Always
    the same one, and nobody who is restricted.
    """
    held = ReferralRow.objects.filter(person_id=OuterRef("pk")).exclude(state=CLOSED)
    spoke = ContactRow.objects.filter(person_id=OuterRef("pk"), caller_kind="person").exclude(words="")
    rows = PersonRow.objects.filter(Exists(held), ~Exists(restricted("pk"))).exclude(given_names="")
    order = ("registered_at", "pk")
    key = rows.filter(Exists(spoke)).order_by(*order).values_list("pk", flat=True).first()
    key = key or rows.order_by(*order).values_list("pk", flat=True).first()
    return reader(key) if key else None


def carer(permission_id: UUID, *, at: datetime) -> Reader | None:
    """A carer as reader, while the permission stands and the record is not sealed as a whole; else none."""
    rows = PermissionRow.objects.filter(pk=permission_id).exclude(Exists(restricted("person_id")))
    values = rows.values_list(*PERMISSIONS.columns).first()
    found = PERMISSIONS.of(values) if values else None
    if found is None or not permission.stands(found, at=at):
        return None
    return Reader(found.person_id, found.carer_name, found)


def offered_carer(*, at: datetime) -> Reader | None:
    """In a demonstration, an invented carer worth being: the first whose permission stands."""
    keys = PermissionRow.objects.filter(withdrawn_at=None).order_by("given_at", "pk")
    found = (carer(key, at=at) for key in keys.values_list("pk", flat=True)[:MOST])
    return next((one for one in found if one), None)


def kept_from(reader: Reader) -> Withheld:
    """What they do not learn from the record. From a carer everything sealed is kept. One statement."""
    person_id = reader.person_id
    theirs = Q(person_id=person_id)
    theirs |= Q(referral_id__in=ReferralRow.objects.filter(person_id=person_id).values("pk"))
    theirs |= Q(contact_id__in=ContactRow.objects.filter(person_id=person_id).values("pk"))
    rows = SealRow.objects.filter(theirs, lifted_at=None).values_list(*SEALS.columns)
    seals: list[Seal] = [SEALS.of(values) for values in rows]
    if reader.permission is not None:
        sealed = {one.referral_id or one.contact_id for one in seals}
        return Withheld(frozenset(one for one in sealed if one is not None), names=True)
    return Withheld(own.withheld(seals), own.withholds_names(seals))


def of(reader: Reader, *, kept: Withheld, at: datetime) -> OwnRecord:
    """The record as its person reads it; of it, a carer what was permitted. Raises `Missing`."""
    person_id, shows = reader.person_id, own.elements(reader, at=at)
    values = PersonRow.objects.filter(pk=person_id).values_list(*PEOPLE.columns).first()
    if values is None:
        raise Missing(PEOPLE.name)
    sight = Sight(Relationship.NONE, shows, reader.purpose)
    referrals = _referrals(person_id, kept)
    said = _said(person_id, kept)
    answers = Element.ANSWERABLE in shows
    return OwnRecord(
        cleared(PEOPLE, PEOPLE.of(values), sight),
        _helps(referrals, kept, is_timed=Element.RESPONSE in shows) if answers else (),
        _owed(person_id, referrals, said, kept, at=at) if Element.RESPONSE in shows else (),
        tuple(words for _, words in said if words.words or words.wish) if own.OWN_WORDS in shows else (),
        _shared(person_id, kept, at=at) if Element.ACCESS in shows else (),
    )


def _referrals(person_id: UUID, kept: Withheld) -> list[tuple[UUID, tuple[str, ...], str, datetime | None]]:
    rows = ReferralRow.objects.filter(person_id=person_id).exclude(state=CLOSED).exclude(pk__in=kept.items)
    found = rows.order_by("received_at", "pk").values_list("pk", "needs", "state", "due_at")[:MOST]
    return [(key, tuple(needs), state, due_at) for key, needs, state, due_at in found]


def _helps(
    referrals: list[tuple[UUID, tuple[str, ...], str, datetime | None]], kept: Withheld, *, is_timed: bool
) -> tuple[Help, ...]:
    lines = holder_lines.of(key for key, *_ in referrals)
    now = {key: line[-1] for key, line in lines.items() if line and line[-1].holding.until_at is None}
    teams = _teams({one.holding.team_id for one in now.values()})
    found = []
    for key, needs, state, due_at in referrals:
        if key in now:
            held = now[key]
            name, agency, phone = teams[held.holding.team_id]
            member = "" if kept.names else held.member_name
            due_at = due_at if is_timed else None
            found.append(Help(needs, state, due_at, name, agency, member, phone, held.holding.from_at))
    return tuple(found)


def _teams(team_ids: set[UUID]) -> dict[UUID, tuple[str, str, str]]:
    """Name, agency and number of each: the public number of its service, before that for colleagues."""
    public = dict(
        ServiceRow.objects.filter(team_id__in=team_ids)
        .exclude(phone="")
        .order_by("-name", "-pk")
        .values_list("team_id", "phone")
    )
    rows = TeamRow.objects.filter(pk__in=team_ids).values_list("pk", "name", "agency__name", "phone")
    return {key: (name, agency, public.get(key, phone)) for key, name, agency, phone in rows}


def _said(person_id: UUID, kept: Withheld) -> list[tuple[UUID, OwnWords]]:
    """Only contacts in which the person spoke for themselves."""
    rows = ContactRow.objects.filter(person_id=person_id, caller_kind="person").exclude(pk__in=kept.items)
    found = rows.order_by("-happened_at", "pk").values_list(
        "pk", "happened_at", "words", "wish", "team__name"
    )
    return [(key, OwnWords(*values)) for key, *values in found[:MOST]]


def _owed(
    person_id: UUID,
    referrals: list[tuple[UUID, tuple[str, ...], str, datetime | None]],
    said: list[tuple[UUID, OwnWords]],
    kept: Withheld,
    *,
    at: datetime,
) -> tuple[OwedToMe, ...]:
    """
    A call back that is owed to somebody else who rang is theirs, and not told here. That a call just to talk
    was kept is told for a while.
    """
    own_contacts = {None, *(key for key, _ in said)}
    found = owed.still_open(
        referrals=[key for key, *_ in referrals],
        contacts=[key for key in own_contacts if key],
        person_id=person_id,
        calls_since=at - CALLS_BACK,
    )
    return tuple(
        OwedToMe(one.promise, one.team_name)
        for one in found
        if one.promise.contact_id in own_contacts and one.promise.referral_id not in kept.items
    )


def _shared(person_id: UUID, kept: Withheld, *, at: datetime) -> tuple[SharedWith, ...]:
    return tuple(
        one
        for one in decisions(person_id)
        if own.tells_of(one.decision, kept.items) and sharing.stands(one.decision, at=at)
    )[:MOST]


def decisions(person_id: UUID) -> list[SharedWith]:
    """Every decision to share this record, told to the person or not, the latest first. One statement."""
    theirs = ReferralRow.objects.filter(person_id=person_id).values("pk")
    rows = DecisionRow.objects.filter(Q(person_id=person_id) | Q(referral_id__in=theirs))
    names = ("to_team__name", "to_team__agency_id", "to_team__agency__name")
    found = []
    for values in rows.order_by("-decided_at", "pk").values_list(*under(DECISIONS), *names):
        cells = Cells(values)
        found.append(SharedWith(cells.facts(DECISIONS), *(cells.take() for _ in names)))
    return found
