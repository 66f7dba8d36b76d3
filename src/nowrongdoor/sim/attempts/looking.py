"""
Attempts on what is closed: records opened by saying why or by force, reviews of that, and agreements.
"""

from datetime import datetime, timedelta

from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.review import Review
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


def enter(luck: Mischief, at: datetime) -> None:
    today = local_date(at)
    luck.world.agreements.enter(
        facts=Agreement(
            luck.chance.id(),
            luck.agency.id,
            luck.neighbour.id if luck.chance.random() < 0.9 else luck.agency.id,
            "direct_care",
            "What is needed to care for someone.",
            "Health and Social Care Act 2012, section 251B",
            today,
            today + timedelta(days=luck.chance.randrange(0, 300)),
            today + timedelta(days=365),
        ),
        by=luck.reviewer(),
        at=at,
    )
