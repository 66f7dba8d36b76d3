"""The place in memory and the place in PostgreSQL tell one story, acted or loaded."""

from datetime import UTC, datetime

import pytest

from nowrongdoor.console import demo_place
from nowrongdoor.console.prove import parity
from nowrongdoor.rules import answering
from nowrongdoor.sim.scenario import history
from nowrongdoor.sim.world import PureWorld

UNTIL = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SMALL = {"people": 15, "days": 28}


def quietly(done: int, of: int) -> None:
    """Nobody watches."""


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_one_script_ends_alike_in_memory_and_in_the_database(seed):
    ended = parity.ends_alike(**SMALL, seed=seed, until=UNTIL)
    assert ended.differences == ()
    assert ended.rows > 200 and ended.entries > 300


def test_a_loaded_place_is_the_place_that_was_acted(committed):
    demo_place.load(people=15, progress=quietly, seed=7, until=UNTIL)
    journal: list = []
    pure = PureWorld(journal)
    history(pure, people=15, until=UNTIL, days=demo_place.DAYS, seed=7)
    assert parity.compare(pure, journal).differences == ()


@pytest.mark.django_db
def test_a_rule_that_differs_in_one_world_alone_is_seen(monkeypatch):
    """The control: were the two not alike, this would say so."""
    journal: list = []
    pure = PureWorld(journal)
    history(pure, **SMALL, until=UNTIL, seed=1)
    honest = answering.answer_by
    monkeypatch.setattr(
        answering, "answer_by", lambda referral, *, at: honest(referral, at=at).replace(second=1)
    )
    from nowrongdoor.console.real_place import RealPlace

    history(RealPlace(), **SMALL, until=UNTIL, seed=1)
    assert parity.compare(pure, journal).differences
