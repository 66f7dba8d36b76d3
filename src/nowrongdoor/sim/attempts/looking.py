"""
Attempts on what is closed or opened: records opened by saying why or by force, what is shared or sealed,
reviews of that, and agreements.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.review import Review
from nowrongdoor.rules.sealing import Against, Seal
from nowrongdoor.rules.sharing import Grounds, SharingDecision
from nowrongdoor.rules.snooping import Looked, Pattern, Suspicion
from nowrongdoor.sim.mischief import Mischief


def claim(luck: Mischief, at: datetime) -> None:
    luck.world.openings.claim(
        opening_id=luck.new(luck.openings),
        person_id=luck.pick(luck.people),
        reason=luck.code("in_contact", "identity"),
        words="",
        by=luck.anyone(),
        at=at,
    )


def break_glass(luck: Mischief, at: datetime) -> None:
    # Most of it by one member, so that a walk comes to the number that is refused.
    by = luck.viewers[0] if luck.viewers and luck.chance.random() < 0.7 else luck.anyone()
    luck.world.openings.break_glass(
        opening_id=luck.new(luck.openings),
        review_id=luck.new(luck.reviews),
        person_id=luck.pick(luck.people),
        reason=luck.code("danger_now", "cannot_ask"),
        words=luck.words(),
        by=by,
        at=at,
    )


def decide(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.reviews)
    known: Review | None = luck.tables[Review].get(key)
    luck.world.reviews.decide(
        review_id=key,
        outcome=luck.code("right", "talked"),
        words=luck.words(),
        by=luck.reviewer(),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def look_into(luck: Mischief, at: datetime) -> None:
    by = luck.reviewer()
    look = Looked(luck.chance.id(), by.member_id, by.agency_id, luck.pick(luck.people), "claimed", at)
    if look.person_id in luck.tables[Person]:
        suspected = [Suspicion(Pattern.FLAGGED, look, look.person_id)]
        luck.world.reviews.look_into(suspected=suspected, by=luck.reviewer(), at=at)


def enter(luck: Mischief, at: datetime) -> None:
    today = local_date(at)
    luck.world.agreements.enter(
        facts=Agreement(
            luck.chance.id(),
            luck.agency.id,
            luck.neighbour.id if luck.chance.random() < 0.9 else luck.agency.id,
            luck.code("direct_care", "crews_beside", "crews_lent"),
            "What is needed to care for someone.",
            "Health and Social Care Act 2012, section 251B",
            today,
            today + timedelta(days=luck.chance.randrange(0, 300)),
            today + timedelta(days=365),
        ),
        by=luck.reviewer(),
        at=at,
    )


def share(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.people)
    luck.world.sharing.decide(
        decision_id=luck.new(luck.decisions),
        person_id=key,
        to_team_id=luck.team(),
        purpose=luck.code("direct_care", "care_act"),
        grounds=Grounds(
            luck.code("consent", "implied", "safeguarding"), luck.words(), luck.code("yes", "cannot")
        ),
        by=luck.one_with_a_part(key),
        at=at,
    )


def override(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.people)
    luck.world.sharing.override(
        decision_id=luck.new(luck.decisions),
        person_id=key,
        to_team_id=luck.team(),
        words=luck.words(),
        told=luck.code("yes", "would_harm"),
        by=luck.one_with_a_part(key),
        at=at,
    )


def withdraw(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.decisions)
    known: SharingDecision | None = luck.tables[SharingDecision].get(key)
    luck.world.sharing.withdraw(
        decision_id=key,
        words=luck.words(),
        by=luck.one_of_team(known.by_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def seal(luck: Mischief, at: datetime) -> None:
    """Mostly one of the items, by those who have a part in it; now and then a whole person, or nothing."""
    which = luck.chance.random()
    key, _, held = luck.referral()
    luck.world.seals.put(
        seal_id=luck.new(luck.seals),
        person_id=luck.pick(luck.people) if which < 0.2 else None,
        referral_id=key if 0.25 < which < 0.75 else None,
        contact_id=luck.pick(luck.contacts) if which > 0.7 else None,
        why=luck.code("asked", "in_danger"),
        words="",
        against=_against(luck),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def _against(luck: Mischief) -> Against:
    """Mostly nobody who is known here; else an agency, one of its members, or, which is refused, both."""
    which, one = luck.chance.random(), luck.anyone()
    agency = luck.neighbour.id if which < 0.15 else one.agency_id if which < 0.25 else None
    return Against(agency, one.member_id if 0.2 < which < 0.4 else None)


def lift(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.seals)
    known: Seal | None = luck.tables[Seal].get(key)
    by = luck.one_of_team(known.team_id if known else None)
    luck.world.seals.lift(
        seal_id=key,
        words=luck.words(),
        by=replace(by, role="team_lead") if luck.chance.random() < 0.8 else by,
        at=at,
        seen=luck.seen(known.version if known else 1),
    )
