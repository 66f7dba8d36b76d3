"""
One person as this place knows them now: who holds them, what is open, what is owed, what was before.

Five statements, however long the story, and five for each other record of theirs that is read with it.
What was never asked elsewhere is not shown as nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.handovers.models import Handover as HandoverRow
from nowrongdoor.data.merges.models import Merge as MergeRow
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.data.sharing.models import Seal as SealRow
from nowrongdoor.reading import circle_of, holder_lines, one_person, owed
from nowrongdoor.reading.clearing import cleared, hidden
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.holder_lines import HeldInTurn, HeldTime
from nowrongdoor.reading.one_person import ALONE, OnePerson
from nowrongdoor.reading.owed import Owed
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import BLIND, Element, Relationship, Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.merging import MERGED
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import CLOSED, Referral
from nowrongdoor.rules.words import HandoverState

MOST = 50
# Far more than any threshold asks for.
ADDRESS_MOST = 200
WHO_ANSWERS = Sight(Relationship.NONE, frozenset({Element.ANSWERABLE.value, Element.RESPONSE.value}), "")


@dataclass(frozen=True)
class LiveOffer:
    """An offer that waits for its answer: who is asked, and by when they answer."""

    handover_id: UUID
    team_name: str
    answer_by: datetime
    hop: int


@dataclass(frozen=True)
class ReferralLine(HeldInTurn):
    """
    A referral of this person, everyone who held it, and the offer that waits, if any. Where this viewer
    `may_see` no more, who answers for it and by when is all it tells.
    """

    referral: Referral
    holds: tuple[HeldTime, ...]
    offer: LiveOffer | None
    may_see: bool = True


@dataclass(frozen=True)
class ContactLine:
    """A contact about this person, and who answered it. `shows_number`: of what was given, the number too."""

    contact: Contact
    team_name: str
    member_name: str
    shows_number: bool = True


@dataclass(frozen=True)
class PersonRecord:
    """
    `has_twin`: another record has this name. `more`: older referrals or contacts are not shown. `hidden`
    is how many referrals and contacts there are that this viewer may not see.
    """

    person: Person
    has_twin: bool
    open: tuple[ReferralLine, ...]
    earlier: tuple[ReferralLine, ...]
    contacts: tuple[ContactLine, ...]
    owed: tuple[Owed, ...]
    more: bool
    hidden: int = 0
    at_address: tuple[datetime, ...] = ()
    """When somebody was in touch about anybody at the same address, where several people live there."""
    as_one: OnePerson = ALONE

    @property
    def is_new(self) -> bool:
        """Nothing is recorded about this person yet but the record itself."""
        return not (self.open or self.earlier or self.contacts)


def of(person_id: UUID, *, seen: Vantage) -> PersonRecord:
    """
    Everything the person's page shows to this viewer. Raises `Missing` when there is no such person.

    Who answers for them is shown for every referral that is not sealed, even where what it is about
    may not be seen. Whatever stands on another record of the person is read with it, as far as that record is
    this viewer's to see.
    """
    person, has_twin, is_merged, at_address = _known(person_id, seen=seen, at_address=True)
    record = replace(_alone(person, has_twin, seen), at_address=at_address)
    if not is_merged:
        return record
    as_one = one_person.of(person_id, seen=seen)
    others = [_alone(one.person, has_twin=False, seen=one.seen) for one in as_one.others]
    return replace(_together(record, others), as_one=as_one)


def _together(record: PersonRecord, others: Sequence[PersonRecord]) -> PersonRecord:
    """Several records of one person read as one; the first is the one that was asked for."""
    every = (record, *others)
    still_open = [line for one in every for line in one.open]
    closed = [line for one in every for line in one.earlier]
    rang = [line for one in every for line in one.contacts]
    return replace(
        record,
        open=tuple(sorted(still_open, key=lambda line: line.referral.received_at, reverse=True)),
        earlier=tuple(sorted(closed, key=lambda line: line.referral.received_at, reverse=True)),
        contacts=tuple(sorted(rang, key=lambda line: line.contact.received_at, reverse=True)),
        owed=tuple(sorted((one for each in every for one in each.owed), key=lambda one: one.promise.due_at)),
        more=any(one.more for one in every),
        hidden=sum(one.hidden for one in every),
    )


def _alone(person: Person, has_twin: bool, seen: Vantage) -> PersonRecord:
    """One record by itself."""
    person_id = person.id
    referrals = [one for one in (_as_seen(each, seen) for each in _referrals(person_id)) if one]
    came_from = {one.referral.contact_id for one in referrals if one.may_see}
    rang = _contacts(person_id)
    contacts = [one for one in (_contact_as_seen(each, seen, came_from) for each in rang) if one]
    shown = referrals[:MOST]
    return PersonRecord(
        person,
        has_twin,
        tuple(one for one in shown if one.referral.state != CLOSED),
        tuple(one for one in shown if one.referral.state == CLOSED),
        tuple(contacts[:MOST]),
        owed.still_open(
            referrals=[one.referral.id for one in shown if one.may_see],
            contacts=[one.contact.id for one in contacts],
            person_id=person_id,
        ),
        len(referrals) > MOST or len(rang) > MOST,
        sum(not one.may_see for one in shown) + _hidden(rang, contacts, seen),
    )


def _as_seen(one: ReferralLine, seen: Vantage) -> ReferralLine | None:
    sight = seen.of_item(referral_id=one.referral.id)
    if sight is not BLIND:
        holds = holder_lines.as_seen(one.holds, sight)
        return replace(one, referral=cleared(REFERRALS, one.referral, sight), holds=holds)
    if seen.is_sealed(referral_id=one.referral.id):
        return None
    bare = replace(cleared(REFERRALS, one.referral, WHO_ANSWERS), needs=(), request="", outcome="")
    return replace(one, referral=bare, holds=holder_lines.as_seen(one.holds, WHO_ANSWERS), may_see=False)


def _contact_as_seen(one: ContactLine, seen: Vantage, came_from: set[UUID | None]) -> ContactLine | None:
    """A contact is seen by those with a part in it, and by those who may see a referral that came of it."""
    key = one.contact.id
    sight = seen.of_item(contact_id=key)
    if sight is BLIND and key in came_from and seen.may_see_contact(key, seen.of_person()):
        sight = seen.of_person()
    if sight is BLIND:
        return None
    shows_number = "callback_number" not in hidden(CONTACTS, sight)
    return replace(one, contact=cleared(CONTACTS, one.contact, sight), shows_number=shows_number)


def _hidden(rang: Sequence[ContactLine], shown: Sequence[ContactLine], seen: Vantage) -> int:
    """How many contacts are not shown, of those whose existence is no secret."""
    ids = {one.contact.id for one in shown}
    return sum(one.contact.id not in ids and not seen.is_sealed(contact_id=one.contact.id) for one in rang)


def known(person_id: UUID, *, seen: Vantage) -> tuple[Person, bool]:
    """The record itself as this viewer may see it, and whether another has the same name. One statement."""
    person, has_twin, *_ = _known(person_id, seen=seen)
    return person, has_twin


def _known(
    person_id: UUID, *, seen: Vantage, at_address: bool = False
) -> tuple[Person, bool, bool, tuple[datetime, ...]]:
    """And whether it is merged with another; if asked, when anybody at the same address was in touch."""
    merged = MergeRow.objects.filter(state=MERGED).filter(Q(record=OuterRef("pk")) | Q(into=OuterRef("pk")))
    also = {"twin": Exists(twins_of("pk", "family_key", "given_key")), "merged": Exists(merged)}
    if at_address and seen.shows_whereabouts:
        also["rang"] = _at_address()
    rows = PersonRow.objects.filter(pk=person_id).annotate(**also)
    values = rows.values_list(*PEOPLE.columns, *also).first()
    if values is None:
        raise Missing(PEOPLE.name)
    cells = Cells(values)
    person, has_twin, is_merged = cells.facts(PEOPLE), cells.take(), cells.take()
    rang = (cells.take() or []) if "rang" in also else []
    several = len({one["person"] for one in rang}) > 1
    times = tuple(datetime.fromisoformat(one["at"]) for one in rang) if several else ()
    return cleared(PEOPLE, person, seen.of_person()), has_twin, is_merged, times


def _at_address() -> Case:
    """
    Who was in touch, and when, at the address of the person an outer query is about. Of nobody, and of no
    contact, that is kept from others; nothing where no address is known.
    """
    sealed = SealRow.objects.filter(contact_id=OuterRef("pk"), lifted_at=None)
    found = ContactRow.objects.filter(
        ~Exists(restricted("person_id")),
        ~Exists(sealed),
        person__postcode_key__gt="",  # said once more for the index, which holds only these
        person__postcode_key=OuterRef("postcode_key"),
        person__address__iexact=OuterRef("address"),
    )
    shown = found.order_by("-happened_at").values(it=JSONObject(person="person_id", at="happened_at"))
    return Case(When(~Q(postcode_key="") & ~Q(address=""), then=ArraySubquery(shown[:ADDRESS_MOST])))


def twins_of(key: str, family: str, given: str):
    """
    Others of the same name as the person an outer query is about, who has a name at all. Nobody learns
    by this that there is a restricted person of that name.
    """
    others = PersonRow.objects.filter(family_key=OuterRef(family), given_key=OuterRef(given))
    others = others.exclude(pk=OuterRef(key)).filter(~Q(family_key="") | ~Q(given_key=""))
    merged = MergeRow.objects.filter(state=MERGED)
    one_with = merged.filter(Q(record=OuterRef("pk"), into=OuterRef(OuterRef(key))) |
                             Q(into=OuterRef("pk"), record=OuterRef(OuterRef(key))))  # fmt: skip
    others = others.exclude(Exists(one_with))
    return others.exclude(Exists(restricted("pk")))


def restricted(person_id: str) -> QuerySet[SealRow]:
    """The seal that restricts the person an outer query is about, if one stands."""
    return SealRow.objects.filter(
        person_id=OuterRef(person_id), referral_id=None, contact_id=None, lifted_at=None
    )


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
        .values_list(*under(CONTACTS), "team__name", "member__name", circle_of.may_ring())
    )
    found = []
    for values in rows:
        cells = Cells(values)
        contact = cells.facts(CONTACTS)
        found.append(ContactLine(replace(contact, safe_to_call=values[-1]), cells.take(), cells.take()))
    return tuple(found)
