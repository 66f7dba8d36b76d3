"""Whose screens are made next, by a clock of the test's own; and what is made once for many."""

import weakref

from markupsafe import Markup
from psycopg import sql

from nowrongdoor.kernel.live import asking, sharing
from nowrongdoor.kernel.live.turns import GAP, GAP_OF_PLACE, OF_PLACE, Turns


def test_who_waits_longest_is_made_first_and_is_not_asked_for_twice():
    turns: Turns[str] = Turns()
    for one, at in (("crisis", 1.0), ("front", 2.0), ("crisis", 3.0)):
        turns.ask(one, at=at)
    assert turns.next(at=4.0) == ("crisis", None)
    assert turns.next(at=4.0) == ("front", None)
    assert turns.next(at=4.0) == (None, None)


def test_what_was_just_made_rests_a_little_and_nobody_waits_behind_it():
    turns: Turns[str] = Turns()
    turns.made("crisis", began=0.9, at=1.0, of_place=False)
    turns.ask("crisis", at=1.0)
    assert turns.next(at=1.1) == (None, 1.0 + GAP - 1.1)
    turns.ask("front", at=1.1)
    assert turns.next(at=1.1) == ("front", None)
    assert turns.next(at=1.0 + GAP) == ("crisis", None)


def test_what_is_being_made_is_made_again_only_once_it_has_been_made():
    turns: Turns[str] = Turns()
    turns.ask("crisis", at=1.0)
    assert turns.next(at=1.0) == ("crisis", None)
    turns.ask("crisis", at=1.1)
    assert turns.next(at=1.2) == (None, None)
    turns.ask("front", at=1.2)
    assert turns.next(at=1.2) == ("front", None), "and meanwhile another is"
    turns.made("crisis", began=1.0, at=1.3, of_place=False)
    assert turns.next(at=1.3 + GAP) == ("crisis", None)


def test_screens_of_the_whole_place_take_their_share_of_the_time_and_no_more():
    turns: Turns[str] = Turns()
    turns.made("place", began=0.0, at=1.0, of_place=True)
    turns.ask("place", at=1.0)
    assert turns.next(at=OF_PLACE) == (None, 1.0)
    assert turns.next(at=1.0 + OF_PLACE) == ("place", None)
    turns.made("place", began=5.0, at=5.01, of_place=True)
    turns.ask("place", at=5.02)
    assert turns.next(at=5.01 + GAP) == (None, GAP_OF_PLACE - GAP), "nor more often than twice a second"
    assert turns.next(at=5.01 + GAP_OF_PLACE) == ("place", None)


def counted():
    calls = []

    def make(*of):
        calls.append(of)
        return list(of)

    return make, calls


def test_what_is_made_of_the_same_is_made_once_in_a_round_and_never_beyond_it():
    make, calls = counted()
    one, same = [1], [1]
    with sharing.together():
        assert sharing.made(make, one, "crisis") is sharing.made(make, one, "crisis")
        sharing.made(make, same, "crisis"), sharing.made(make, one, "front")
    assert len(calls) == 3, "what is equal and not the same is made anew, and so is another value"
    with sharing.together():
        sharing.made(make, one, "crisis")
    sharing.made(make, one, "crisis"), sharing.made(make, one, "crisis")
    assert len(calls) == 6


def test_a_question_is_asked_once_for_all_that_ask_it_with_the_same_values_and_no_other(monkeypatch):
    asked = []
    for where, way in ((asking, "planned"), (sharing, "_rows")):
        monkeypatch.setattr(where, way, lambda _, params: asked.append(params) or [(len(asked),)])
    with sharing.together():
        values = (("crisis", ["now"]), ("crisis", ["now"]), ("crisis", ["after"]), ("front", ["now"]))
        answers = [sharing.asked("SELECT", {"team": each, "ties": ties}) for each, ties in values]
        assert sharing.asked("SELECT 1", {"team": "crisis", "ties": ["now"]}) == [(4,)]
    assert answers == [[(1,)], [(1,)], [(2,)], [(3,)]]
    assert sharing.asked("SELECT", {"team": "crisis", "ties": ["now"]}) == [(5,)], "one alone asks"


def test_a_question_is_kept_with_its_answer_so_that_no_other_comes_to_stand_in_its_place(monkeypatch):
    monkeypatch.setattr(asking, "planned", lambda *_: [])
    with sharing.together():
        question = sql.SQL("SELECT {}").format(sql.Literal(1))
        sharing.asked(question, {})
        stands = weakref.ref(question)
        del question
        assert stands() is not None
    assert stands() is None, "and for no longer than the round"


def test_a_statement_is_put_as_the_database_takes_it_and_no_more_are_kept_than_there_are():
    told = "SELECT %(one)s, %(other)s, %(one)s, '9 %%'"
    assert asking._numbered(told) == ("SELECT $1, $2, $1, '9 %'", ("one", "other"))
    composed = sql.SQL("SELECT {}, %(one)s").format(sql.Literal("50 %%"))
    assert asking._numbered(composed) == ("SELECT '50 %', $1", ("one",))
    for number in range(3 * asking.STATEMENTS):
        asking._numbered(f"SELECT {number}, %(one)s")
    assert len(asking._statements) <= asking.STATEMENTS


def test_a_value_is_that_value_and_no_other_that_is_equal_to_it():
    make, calls = counted()
    with sharing.together():
        for value in (1, True, 1, ("a", 1), ("a", 1), [1], [1], Markup("a"), "a"):
            sharing.made(make, value)
    assert len(calls) == 7, "a number and a truth are two, so are equal lists, and words as markup and plain"
