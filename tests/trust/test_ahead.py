"""What the screens of a team asked is asked ahead the next time, in one go; and no guess is ever shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from psycopg import errors

from nowrongdoor.kernel.live import ahead, asking, sharing
from nowrongdoor.kernel.live.ahead import Round

AT = datetime(2026, 11, 30, 9, 15, 0, 250_000, tzinfo=UTC)
SOON = timedelta(minutes=15)
FIRST = ("SELECT %(agency)s::text", {"agency": "mine"})


@pytest.fixture
def asks(monkeypatch):
    """What was asked in one go, and what by itself; each answered with its words and its values."""
    monkeypatch.setattr(ahead, "_asked", {})
    told = {"at once": [], "alone": []}

    def answer(statement, params):
        return [(statement, *(value for _, value in sorted(params.items())))]

    def at_once(every):
        every = list(every)
        told["at once"].append(every)
        return [answer(*one) for one in every]

    def planned(statement, params):
        told["alone"].append((statement, params))
        return answer(statement, params)

    monkeypatch.setattr(asking, "at_once", at_once)
    monkeypatch.setattr(asking, "planned", planned)
    return told


def made(at, *questions, of="crisis"):
    """The screens of a team at an instant, for which these are asked."""
    asks = Round(of, at)
    assert asks.begin(FIRST) == [(FIRST[0], "mine")]
    with sharing.together(asks=asks):
        return [sharing.asked(*one) for one in questions]


def needs(at, team="crisis"):
    return "SELECT needs", {"team": team, "at": at, "soon": at + SOON, "today": date(2026, 11, 30)}


def test_what_was_asked_twice_is_asked_ahead_at_the_new_instant_in_one_go(asks):
    for number in range(4):
        at = AT + timedelta(milliseconds=333 * number)
        ((row,),) = made(at, needs(at))
        assert row == ("SELECT needs", at, at + SOON, "crisis", date(2026, 11, 30))
    assert [len(every) for every in asks["at once"]] == [1, 1, 2, 2]
    assert len(asks["alone"]) == 2, "and no more by itself"


def test_of_another_nothing_is_asked_ahead(asks):
    for of in ("crisis", "crisis", "front", "crisis"):
        made(AT, needs(AT), of=of)
    assert [len(every) for every in asks["at once"]] == [1, 1, 1, 2]


def test_a_guess_that_was_wrong_answers_nothing_and_is_given_up(asks):
    for team in ("crisis", "crisis", "front", "front"):
        ((row,),) = made(AT, needs(AT, team=team))
        assert team in row and {"crisis", "front"} - {team} - set(row)
    assert [len(every) for every in asks["at once"]] == [1, 1, 2, 1], "asked in vain once"
    assert len(asks["alone"]) == 4


def test_a_day_that_began_stays_where_it_was(asks):
    began = datetime(2026, 11, 30, tzinfo=UTC)
    for number in range(3):
        at = AT + timedelta(milliseconds=333 * number)
        made(at, ("SELECT closed", {"at": at, "day_began": began}))
    assert asks["at once"][-1][1:] == [("SELECT closed", {"at": at, "day_began": began})]


def test_a_long_list_is_not_guessed(asks):
    for _ in range(3):
        made(AT, ("SELECT parts", {"people": list(range(ahead.LONG))}), needs(AT))
    assert [len(every) for every in asks["at once"]] == [1, 1, 2]


def test_where_asking_ahead_fails_nothing_is_asked_ahead_the_next_time(asks, monkeypatch):
    for _ in range(2):
        made(AT, needs(AT))

    def fails(every):
        raise errors.QueryCanceled

    with monkeypatch.context() as broken:
        broken.setattr(asking, "at_once", fails)
        with pytest.raises(errors.QueryCanceled):
            made(AT, needs(AT))
    assert made(AT, needs(AT))
    assert len(asks["at once"][-1]) == 1


def test_no_more_is_remembered_than_there_are_teams(asks, monkeypatch):
    monkeypatch.setattr(ahead, "MOST", 3)
    for number in range(20):
        made(AT, needs(AT), of=number)
    assert len(ahead._asked) <= 3


@pytest.mark.django_db
def test_the_database_answers_each_in_its_order_and_one_without_rows_with_none():
    found = asking.at_once([
        ("SELECT %(one)s::text, %(at)s::timestamptz", {"one": "a", "at": AT}),
        ("SET LOCAL statement_timeout = 0", {}),
        ("SELECT number FROM generate_series(1, %(most)s) AS number", {"most": 3}),
        ("SELECT 1 WHERE false", {}),
    ])  # fmt: skip
    assert found == [[("a", AT)], [], [(1,), (2,), (3,)], []]
    assert found[0][0][1].tzinfo is UTC, "as Django tells it"
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,), "and the connection goes on"
