"""
Attempts at the desk: contacts and people's records.
"""

from datetime import datetime, timedelta

from nowrongdoor.rules.contact import Contact, Said
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.sim.mischief import NAMES, NEEDS, Mischief

OUTCOMES = ("handed_over", "handed_over", "advice_given", "caller_lost", "callback_booked", "emergency")
FAMILIES = ("ap Rhys", "Mensah", "O'Dowd", "")
NUMBERS = ("", "", "9990000018", "9990000026", "9990000027")  # the last one's check digit is wrong


def receive(luck: Mischief, at: datetime) -> None:
    chance = luck.chance
    referral = offer = None
    if chance.random() < 0.7:
        referral = NewReferral(luck.new(luck.referrals), chance.id(), chance.one_of(NEEDS), "Please help.")
        if chance.random() < 0.3:
            offer = NewOffer(luck.new(luck.handovers), luck.team(), luck.message())
    luck.world.contacts.receive(
        contact_id=luck.new(luck.contacts),
        said=Said(luck.code("telephone", "email"), words="Help, please.", answers={"in_danger": "not_known"}),
        outcome=luck.code(*OUTCOMES),
        callback_id=luck.new(luck.promises),
        callback_due_at=luck.due(at),
        person_id=luck.pick(luck.people) if luck.people and chance.random() < 0.7 else None,
        referral=referral,
        offer=offer,
        happened_at=at + timedelta(minutes=chance.randrange(-30, 4)),
        by=luck.anyone(),
        at=at,
    )


def link(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.contacts)
    known: Contact | None = luck.tables[Contact].get(key)
    luck.world.contacts.link(
        contact_id=key,
        person_id=luck.pick(luck.people),
        by=luck.anyone(),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def close_contact(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.contacts)
    known: Contact | None = luck.tables[Contact].get(key)
    luck.world.contacts.close(
        contact_id=key,
        outcome=luck.code("service_found", "advice_given", "caller_lost"),
        words="",
        by=luck.one_of_team(known.team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def register(luck: Mischief, at: datetime) -> None:
    details = _details(luck)
    looked_at = [one.id for one in luck.world.candidates(details)] if luck.chance.random() < 0.7 else []
    luck.world.people.register(
        person_id=luck.new(luck.people), details=details, looked_at=looked_at, by=luck.anyone(), at=at
    )


def correct(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.people)
    known: Person | None = luck.tables[Person].get(key)
    luck.world.people.correct(
        person_id=key,
        details=_details(luck),
        by=luck.anyone(),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def supersede(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.people)
    known: Person | None = luck.tables[Person].get(key)
    luck.world.people.supersede(
        person_id=key,
        number=luck.chance.one_of(NUMBERS),
        by=luck.as_lead(luck.anyone()),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def _details(luck: Mischief) -> Details:
    name = (luck.chance.one_of(FAMILIES), luck.chance.one_of(NAMES))
    first = luck.chance.one_of(("", "", "Dog at address", "Dog at address\nDo not send anybody out."))
    return Details(*name, nhs_number=luck.chance.one_of(NUMBERS), know_first=first)
