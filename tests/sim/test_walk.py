"""Whatever anyone does, and however wrongly, the invariants hold after every step."""

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nowrongdoor.rules import contact, handover, promise, referral, visit
from nowrongdoor.rules.clock import Period
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.referral import Referral
from nowrongdoor.sim.attempts import ATTEMPTS
from nowrongdoor.sim.rows import Entry
from nowrongdoor.sim.walk import Walked, walk
from nowrongdoor.sim.world import PureWorld

SEEDS, STEPS = 200, 1000
# Seeds that once broke something join this list for good.
REMEMBERED: tuple[int, ...] = ()

# The verb of the place in which each move of a table is made.
MADE_BY = {
    "handover": {"offer": "handovers.offer", "accept": "handovers.accept", "send_back": "handovers.send_back",
                 "withdraw": "handovers.withdraw"},
    "referral": {"refer": "referrals.refer", "accept_here": "triage.accept_here", "hand_on": "triage.hand_on",
                 "ask": "triage.ask", "begin": "referrals.begin", "close": "referrals.close",
                 "reopen": "referrals.reopen"},
    "contact": {"receive": "contacts.receive", "close": "contacts.close"},
    "visit": {"ask": "visits.ask", "assign": "visits.assign", "tell": "visits.go_on",
              "set_off": "visits.go_on", "arrive": "visits.go_on", "meet": "visits.go_on",
              "leave": "visits.go_on", "finish": "visits.finish", "take_back": "visits.take_back",
              "stand_down": "visits.stand_down", "ask_along": "visits.ask_along",
              "come_along": "visits.come_along"},
    "promise": {"make": "promises.make", "escalate": "promises.escalate", "re_home": "agencies.close_team",
                "settle": "holdings.accept_re_homed", "keep": "promises.keep", "let_go": "promises.let_go"},
}  # fmt: skip
TABLES = {
    "handover": handover.MOVES,
    "referral": referral.MOVES,
    "contact": contact.MOVES,
    "promise": promise.MOVES,
    "visit": visit.MOVES,
}
# What waits for an answer has a promise open, and what has a promise open is not closed: the table lets
# it through so that the refusal can say what is owed, and no walk will ever see it happen.
NEVER = {("Referral", "waiting", "closed")}


@cache
def walks() -> tuple[Walked, ...]:
    """All walks of the test run, shared out among the processors."""
    seeds = [*range(1, SEEDS + 1), *REMEMBERED]
    with ProcessPoolExecutor(min(4, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return tuple(pool.map(partial(walk, steps=STEPS), seeds, chunksize=10))


@pytest.mark.slow
def test_the_invariants_hold_at_every_step_of_every_walk() -> None:
    broken = [f"seed {one.seed}, step {one.steps}: {one.broken[0]}" for one in walks() if one.broken]
    assert not broken, "\n".join([*broken, "again: ./nwd prove simulate --pure --seeds 1 --seed SEED"])
    assert sum(one.steps for one in walks()) >= SEEDS * STEPS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "verb"), [(table, verb) for table, verbs in MADE_BY.items() for verb in verbs]
)
def test_every_move_was_made_and_refused(table: str, verb: str) -> None:
    act = MADE_BY[table][verb]
    assert sum(one.done[act] for one in walks()) > 0, f"no walk ever did {act}"
    assert any(name == act for one in walks() for name, _ in one.refused), f"no walk was ever refused {act}"


@pytest.mark.slow
def test_every_line_of_every_table_of_moves_was_walked() -> None:
    made: Counter[tuple[str, str | None, str]] = Counter()
    for one in walks():
        made += one.moves
    walked = {(kind, was and str(was), str(now)) for kind, was, now in made}
    for table, moves in TABLES.items():
        for verb, pairs in moves.items():
            for was, now in pairs.items():
                line = (table.capitalize(), was and str(was), str(now))
                assert line in walked or line in NEVER, f"no walk made {verb} of a {table} that was {was}"
                assert not (line in walked and line in NEVER), f"{line} happens after all"


def test_every_move_of_every_table_has_its_verb() -> None:
    assert {table: set(moves) for table, moves in TABLES.items()} == {
        table: set(verbs) for table, verbs in MADE_BY.items()
    }


def test_every_verb_of_the_place_is_attempted() -> None:
    tried = {verb for _, verb, _ in ATTEMPTS}
    nouns = (
        "contacts", "people", "referrals", "triage", "handovers", "holdings", "promises", "agencies",
        "openings", "reviews", "agreements", "sharing", "seals", "clocks", "rota", "care_contacts",
        "statutory", "merges", "registers", "police", "police_paths", "second_readings",
        "crews", "loans", "skills", "visits", "talks",
    )  # fmt: skip
    # A part of an act that another act takes with it, and no act that anybody does.
    parts = {"candidates", "recording", "closing", "offering"}
    world = PureWorld()
    offered = {
        f"{noun}.{verb}"
        for noun in nouns
        for verb, act in vars(type(getattr(world, noun))).items()
        if callable(act) and not verb.startswith("_") and verb not in parts
    }
    assert tried == offered


def test_a_walk_is_replayed_by_its_seed() -> None:
    assert walk(11, steps=400) == walk(11, steps=400)
    assert walk(11, steps=400).done != walk(12, steps=400).done


@settings(max_examples=8, deadline=None)
@given(st.integers(1000, 10**9))
def test_at_each_instant_around_each_act_each_open_referral_has_one_holder(seed: int) -> None:
    # The inspector's chain of holdings, asked again in the plainest way there is: instant by instant.
    world = _walked(seed, steps=300)
    for one in world.rows.every(Referral):
        held = [row for row in world.rows.every(Holding) if row.referral_id == one.id]
        instants = {row.from_at for row in held} | {row.until_at for row in held if row.until_at}
        for at in instants:
            holders = [row for row in held if Period(row.from_at, row.until_at).contains(at)]
            closed = any(row.until_at == at and row.ended_by == "closing" for row in held)
            reopened = any(row.from_at == at for row in held)
            assert len(holders) == (0 if closed and not reopened else 1), f"{one.id} at {at}"


def _walked(seed: int, *, steps: int) -> PureWorld:
    """The place a walk leaves behind."""
    made: list[PureWorld] = []

    def place(journal: list[Entry]) -> PureWorld:
        made.append(PureWorld(journal))
        return made[0]

    assert walk(seed, steps=steps, place=place).broken == []
    return made[0]
