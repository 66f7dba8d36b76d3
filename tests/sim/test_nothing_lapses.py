"""A year goes by and nobody acts: nothing is closed, declined or hidden, and somebody is told all along."""

from datetime import timedelta

import pytest

from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.escalation import POLICE_REVIEWS, Climb, Clock
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.review import Review
from nowrongdoor.rules.stage import StageKind
from nowrongdoor.rules.statutory import StatutoryClock, StatutoryKind
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.sim import clocks
from nowrongdoor.sim.attempts import ATTEMPTS
from nowrongdoor.sim.mischief import Mischief
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.walk import BEGINS
from nowrongdoor.sim.world import PureWorld

HALF_A_DAY, SOME_DAYS = timedelta(hours=12), timedelta(days=5)
CLIMBING, WEEKS = timedelta(days=40), timedelta(days=20)
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
    "police_bronze",
    "governance_review",
    "second_reading",
    "visit",
    "check_in",
    "after_visit",
    "not_at_home",
    "joint_visit",
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


def places_with_something_of_everything() -> list[tuple[PureWorld, list, list]]:
    """The first walks that between them leave a clock of every kind running, each with one more."""
    found, missing = [], set(OF_EVERY_KIND)
    for number in range(300):
        world, journal = a_busy_place(number)
        running = [one for one in clocks.of(world.rows) if one.is_running]
        if missing & {one.kind for one in running}:
            found.append((world, journal, running))
            missing -= {one.kind for one in running}
        if not missing:
            return found
    raise AssertionError(f"No walk leaves a clock of these kinds running: {missing}")


def states(world: PureWorld) -> dict:
    rows = world.rows
    kinds = (Referral, Handover, Promise, StatutoryClock, Visit)
    return {one.id: one for kind in kinds for one in rows.every(kind)}


@pytest.fixture(scope="module")
def a_year_later():
    """Each place a year on: itself, what was so before, what ran, what was written since, and when it is."""
    later = []
    for world, journal, running in places_with_something_of_everything():
        before, told = states(world), len(journal)
        at = BEGINS + timedelta(hours=13)
        while at < BEGINS + YEAR:
            world.clocks.sweep(ours=at, limit=1_000_000, by=NOBODY, at=at)
            # Once all of them stand at the top little happens for months: half days are for both ends.
            at += HALF_A_DAY if at < BEGINS + CLIMBING or at > BEGINS + YEAR - WEEKS else SOME_DAYS
        later.append((world, before, running, journal[told:], at))
    return later


def test_nothing_is_closed_declined_or_let_go(a_year_later):
    for world, before, *_ in a_year_later:
        assert states(world) == before


def test_all_that_was_written_is_who_was_told(a_year_later):
    for *_, entries, _ in a_year_later:
        assert {entry.kind for entry in entries} == {"climb.made"}


def test_whatever_still_waits_stands_at_the_top_and_is_told_again(a_year_later):
    for world, _, running, _, at in a_year_later:
        climbs = {}
        for climb in world.rows.every(Climb):
            climbs.setdefault(climb.clock_id, []).append(climb)
        for one in running:
            last = max(climbs[one.id], key=lambda climb: climb.step)
            assert last.rung == "executive", one
            assert at - last.climbed_at <= timedelta(days=7) + 2 * HALF_A_DAY, one
            now = clocks.one(world.rows, one.id)
            assert now.is_running and now.is_raised


def test_whatever_waits_is_still_shown(a_year_later):
    for world, _, running, _, _ in a_year_later:
        for one in running:
            row = one.referral_id if one.kind in OF_REFERRALS else one.id
            assert row in {shown.id for shown in shown_to(world, one)}


def shown_to(world: PureWorld, one: Clock) -> list:
    """The list of its team on which this should stand."""
    if one.kind == "offer":
        return world.offers_waiting(one.team_id)
    if one.kind in ("answer_referrer", "response", *OF_REFERRALS):
        return world.held(one.team_id)
    if one.kind == "governance_review":
        return [review for review in world.rows.every(Review) if not review.decided_at]
    if one.kind in POLICE_REVIEWS:
        decisions = world.rows.every(PoliceDecision)
        return [decided for decided in decisions if decided.disputed_at and not decided.review_ended_at]
    return world.owed(one.team_id)
