"""What is not ours is neither emptied nor filled: a foreign table survives every verb that makes a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connections
from psycopg import sql

from nowrongdoor.console import demo_place, filling
from nowrongdoor.console.bench import place
from nowrongdoor.embedded import CannotStart
from tests import databases
from tests.worlds.small_place import SmallPlace

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NOT_OURS = (None, "standard public schema", "their own words", "bench")
OURS = (filling.FILLED, filling.FILLING, f"{filling.BENCH}7 people, seed 1")


@pytest.fixture
def owner(test_database) -> Iterator[object]:
    """The owner, in a database of somebody who keeps letters in it."""
    name = databases.make(test_database.owner_url, suffix="_theirs")
    with psycopg.connect(databases.elsewhere(test_database.owner_url, name), autocommit=True) as theirs:
        theirs.execute("CREATE TABLE letters (words text)")
        theirs.execute("INSERT INTO letters VALUES ('Dear Mum')")
    before = {alias: connections.settings[alias]["NAME"] for alias in ("default", "owner")}
    stand_on(dict.fromkeys(before, name))
    yield connections["owner"]
    stand_on(before)
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def stand_on(names: dict[str, str]) -> None:
    for alias, name in names.items():
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = connections.settings[alias]["NAME"] = name


@pytest.fixture
def poured(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many people each filling was asked for, in place of filling."""
    asked: list[int] = []
    monkeypatch.setattr(demo_place, "fill", lambda *, people, **_: asked.append(people))
    return asked


def letters(owner) -> list[tuple[str]]:
    with owner.cursor() as cursor:
        cursor.execute("SELECT words FROM letters")
        return cursor.fetchall()


def nothing(_: str) -> None:
    """Nobody reads it."""


def demo() -> None:
    filling.bring_up_to_date(7, say=nothing)


def bench() -> None:
    place.ready(people=7, seed=1, say=nothing)


@pytest.mark.parametrize("said", NOT_OURS)
def test_what_does_not_say_that_it_is_ours_is_not_emptied(owner, said: str | None) -> None:
    filling.note(owner, said)
    with pytest.raises(CannotStart, match="nothing was changed"):
        filling.empty(owner)
    assert letters(owner) == [("Dear Mum",)]


@pytest.mark.parametrize("said", OURS)
def test_control_what_says_that_it_is_ours_is_emptied(owner, said: str) -> None:
    filling.note(owner, said)
    filling.empty(owner)
    assert filling.tables(owner) == set()


def test_control_a_database_without_tables_may_be_emptied(owner) -> None:
    with owner.cursor() as cursor:
        cursor.execute("DROP TABLE letters")
    filling.empty(owner)
    assert filling.tables(owner) == set()


@pytest.mark.parametrize("verb", [demo, bench])
def test_a_database_with_tables_of_somebody_else_stays_as_it_is(
    owner, poured: list[int], verb: Callable[[], None]
) -> None:
    with pytest.raises(CannotStart, match="nothing was changed"):
        verb()
    assert letters(owner) == [("Dear Mum",)]
    assert filling.tables(owner) == {"letters"}
    assert poured == []


@pytest.mark.parametrize("said", [filling.FILLED, filling.FILLING])
def test_a_bench_does_not_replace_the_place_of_a_demo(owner, poured: list[int], said: str) -> None:
    filling.note(owner, said)
    with pytest.raises(CannotStart, match="not made for a bench"):
        bench()
    assert letters(owner) == [("Dear Mum",)]
    assert poured == []


def test_a_demo_neither_fills_nor_opens_a_place_where_agencies_work(owner, poured: list[int]) -> None:
    with owner.cursor() as cursor:
        cursor.execute("DROP TABLE letters")
    filling.migrate()
    SmallPlace.begin()
    with pytest.raises(CannotStart, match="not an invented place"):
        demo()
    assert filling.state(owner) not in (filling.FILLED, filling.FILLING)
    assert poured == []


def test_control_both_make_their_place_in_an_empty_database_and_keep_it(owner, poured: list[int]) -> None:
    with owner.cursor() as cursor:
        cursor.execute("DROP TABLE letters")
    bench()
    SmallPlace.begin()
    bench()
    assert poured == [7]
    filling.empty(owner)
    filling.migrate()  # a start that was cut short before it began to fill
    demo()
    SmallPlace.begin()
    demo()
    assert poured == [7, 7]
    assert filling.state(owner) == filling.FILLED
