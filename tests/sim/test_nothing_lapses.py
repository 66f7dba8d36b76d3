"""A year goes by and nobody acts: nothing is closed, declined or hidden, and somebody is told all along."""

from datetime import timedelta

import pytest

from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.escalation import Climb
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.review import Review
from nowrongdoor.rules.stage import StageKind
from nowrongdoor.rules.statutory import StatutoryClock, StatutoryKind
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.sim import clocks
from nowrongdoor.sim.attempts import ATTEMPTS
from nowrongdoor.sim.mischief import Mischief
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.walk import BEGINS
from nowrongdoor.sim.world import PureWorld

HALF_A_DAY = timedelta(hours=12)
YEAR = timedelta(days=370)  # a review within a year has passed, and has climbed as well
OF_REFERRALS = {*StageKind, *StatutoryKind}


OF_EVERY_KIND = {
    "offer",
    "answer_referrer",
    "response",
    "callback",
    "information",
    "the_person",
    "loop",
    "partner_unreachable",
    "police_recheck",
    "police_gap",
    "governance_review",
    "second_reading",
    *(set(StageKind) - {StageKind.RECEIVED}),
    *StatutoryKind,
}


def a_busy_place(number: int) -> tuple[PureWorld, list]:
    """What a walk of some hundred attempts leaves behind."""
    journal: list = []
    world = PureWorld(journal)
    chance = Stream(f"a year/{number}")
    luck = Mischief(world, chance, BEGINS)
    tried = [(weight, attempt) for weight, _, attempt in ATTEMPTS]
    for minute in range(750):
        try:
            chance.weighed(tried)(luck, BEGINS + timedelta(minutes=minute))
        except (Refused, Missing):
            continue
        finally:
            luck.remember()
    return world, journal


def a_place_with_something_of_everything() -> tuple[PureWorld, list, list]:
    """The first of some hundred walks that leaves a clock of every kind running."""
    for number in range(300):
        world, journal = a_busy_place(number)
        running = [one for one in clocks.of(world.rows) if one.is_running]
        if {one.kind for one in running} >= OF_EVERY_KIND:
            return world, journal, running
    raise AssertionError("No walk leaves a clock of every kind running.")


def states(world: PureWorld) -> dict:
    rows = world.rows
    return {one.id: one for kind in (Referral, Handover, Promise, StatutoryClock) for one in rows.every(kind)}


@pytest.fixture(scope="module")
def a_year_later():
    world, journal, running = a_place_with_something_of_everything()
    before, told = states(world), len(journal)
    at = BEGINS + timedelta(hours=13)
    while at < BEGINS + YEAR:
        world.clocks.sweep(ours=at, limit=1_000_000, by=NOBODY, at=at)
        at += HALF_A_DAY
    return world, before, running, journal[told:], at


def test_nothing_is_closed_declined_or_let_go(a_year_later):
    world, before, *_ = a_year_later
    assert states(world) == before


def test_all_that_was_written_is_who_was_told(a_year_later):
    *_, entries, _ = a_year_later
    assert {entry.kind for entry in entries} == {"climb.made"}


def test_whatever_still_waits_stands_at_the_top_and_is_told_again(a_year_later):
    world, _, running, _, at = a_year_later
    climbs = list(world.rows.every(Climb))
    for one in running:
        last = max((climb for climb in climbs if climb.clock_id == one.id), key=lambda climb: climb.step)
        assert last.rung == "executive", one
        assert at - last.climbed_at <= timedelta(days=7) + 2 * HALF_A_DAY, one
        now = clocks.one(world.rows, one.id)
        assert now.is_running and now.is_raised


def test_whatever_waits_is_still_shown(a_year_later):
    world, _, running, _, _ = a_year_later
    for one in running:
        lists = {
            "offer": lambda team: world.offers_waiting(team),
            "answer_referrer": lambda team: world.held(team),
            "response": lambda team: world.held(team),
            "governance_review": lambda _: [one for one in world.rows.every(Review) if not one.decided_at],
        } | {str(kind): lambda team: world.held(team) for kind in OF_REFERRALS}
        row = one.referral_id if one.kind in OF_REFERRALS else one.id
        assert row in {shown.id for shown in lists.get(one.kind, world.owed)(one.team_id)}
