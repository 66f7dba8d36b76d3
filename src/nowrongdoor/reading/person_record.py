"""
One person as this place knows them now: who holds them, what is open, what is owed, what was before.

Five statements, however long the story. What was never asked elsewhere is not shown as nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.handovers.models import Handover as HandoverRow
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.reading import holder_lines, owed
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.holder_lines import HeldInTurn, HeldTime
from nowrongdoor.reading.owed import Owed
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import CLOSED, Referral
from nowrongdoor.rules.words import HandoverState

MOST = 50


@dataclass(frozen=True)
class LiveOffer:
    """An offer that waits for its answer: who is asked, and by when they answer."""

    handover_id: UUID
    team_name: str
    answer_by: datetime
    hop: int


@dataclass(frozen=True)
class ReferralLine(HeldInTurn):
    """A referral of this person, everyone who held it, and the offer that waits, if any."""

    referral: Referral
    holds: tuple[HeldTime, ...]
    offer: LiveOffer | None


@dataclass(frozen=True)
class ContactLine:
    """A contact about this person, and who answered it."""

    contact: Contact
    team_name: str
    member_name: str


@dataclass(frozen=True)
class PersonRecord:
    """`has_twin`: another record has this name. `more`: older referrals or contacts are not shown."""

    person: Person
    has_twin: bool
    open: tuple[ReferralLine, ...]
    earlier: tuple[ReferralLine, ...]
    contacts: tuple[ContactLine, ...]
    owed: tuple[Owed, ...]
    more: bool

    @property
    def is_new(self) -> bool:
        """Nothing is recorded about this person yet but the record itself."""
        return not (self.open or self.earlier or self.contacts)


def of(person_id: UUID) -> PersonRecord:
    """Everything the person's page shows. Raises `Missing` when there is no such person."""
    person, has_twin = known(person_id)
    referrals = _referrals(person_id)
    contacts = _contacts(person_id)
    shown = referrals[:MOST]
    return PersonRecord(
        person,
        has_twin,
        tuple(one for one in shown if one.referral.state != CLOSED),
        tuple(one for one in shown if one.referral.state == CLOSED),
        contacts[:MOST],
        owed.still_open(
            referrals=[one.referral.id for one in shown],
            contacts=[one.contact.id for one in contacts],
            person_id=person_id,
        ),
        len(referrals) > MOST or len(contacts) > MOST,
    )


def known(person_id: UUID) -> tuple[Person, bool]:
    """The record itself, and whether another has the same name. One statement."""
    rows = PersonRow.objects.filter(pk=person_id).annotate(
        twin=Exists(twins_of("pk", "family_key", "given_key"))
    )
    values = rows.values_list(*PEOPLE.columns, "twin").first()
    if values is None:
        raise Missing(PEOPLE.name)
    cells = Cells(values)
    return cells.facts(PEOPLE), cells.take()


def twins_of(key: str, family: str, given: str):
    """Others of the same name as the person an outer query is about, who has a name at all."""
    others = PersonRow.objects.filter(family_key=OuterRef(family), given_key=OuterRef(given))
    return others.exclude(pk=OuterRef(key)).filter(~Q(family_key="") | ~Q(given_key=""))


def _referrals(person_id: UUID) -> tuple[ReferralLine, ...]:
    waiting = HandoverRow.objects.filter(referral=OuterRef("pk"), state=HandoverState.OFFERED).values(
        offer=JSONObject(id="id", team="receiver_team__name", answer_by="answer_by", hop="hop")
    )
    rows = (
        ReferralRow.objects.filter(person_id=person_id)
        .annotate(offer=Subquery(waiting[:1]))
        .order_by("-closed_at", "-received_at")[: MOST + 1]  # open ones first: their closing is empty
        .values_list(*under(REFERRALS), "offer")
    )
    found = []
    for values in rows:
        cells = Cells(values)
        found.append((cells.facts(REFERRALS), cells.take()))
    lines = holder_lines.of(referral.id for referral, _ in found)
    return tuple(ReferralLine(referral, lines[referral.id], _offer(offer)) for referral, offer in found)


def _offer(found: dict | None) -> LiveOffer | None:
    if found is None:
        return None
    return LiveOffer(
        UUID(found["id"]), found["team"], datetime.fromisoformat(found["answer_by"]), found["hop"]
    )


def _contacts(person_id: UUID) -> tuple[ContactLine, ...]:
    rows = (
        ContactRow.objects.filter(person_id=person_id)
        .order_by("-received_at")[: MOST + 1]
        .values_list(*under(CONTACTS), "team__name", "member__name")
    )
    found = []
    for values in rows:
        cells = Cells(values)
        found.append(ContactLine(cells.facts(CONTACTS), cells.take(), cells.take()))
    return tuple(found)
