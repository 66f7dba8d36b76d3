"""A second look at a share of decisions: chosen by nobody, blind, and counted by no person."""

from dataclasses import fields
from types import SimpleNamespace
from uuid import UUID

import pytest

from nowrongdoor.rules import consistency
from nowrongdoor.rules.change import Refused
from tests.worlds.facts import NINE, TEN, id_of


def keys(count):
    return [UUID(int=number * 7_919_131_071) for number in range(count)]


SAMPLED = next(key for key in keys(500) if consistency.is_sampled(key, decided_at=NINE))
NOT_SAMPLED = next(key for key in keys(500) if not consistency.is_sampled(key, decided_at=NINE))


def a_decision(**so):
    usual = {"id": SAMPLED, "referral_id": id_of("referral"), "decided": "urgent", "decided_at": NINE,
             "decided_by_id": id_of("Amir"), "is_beside": False}  # fmt: skip
    return SimpleNamespace(**(usual | so))


def rate(decision=None, *, by="Priya", urgency="soon", earlier=()):
    return consistency.rate(
        decision or a_decision(), earlier=earlier, rating_id=id_of("rating"), urgency=urgency, by=id_of(by),
        agency_id=id_of("Averley"), at=TEN,
    )  # fmt: skip


def test_about_four_in_a_hundred_are_looked_at_again():
    found = sum(consistency.is_sampled(key, decided_at=NINE) for key in keys(20_000))
    assert 0.03 < found / 20_000 < 0.05


def test_somebody_else_says_how_soon_and_what_was_decided_stands_beside_it():
    kept = rate().change.after
    assert (kept.decided, kept.rated, kept.decided_at, kept.rated_at) == ("urgent", "soon", NINE, TEN)


def test_whoever_decided_does_not_rate_themselves():
    with pytest.raises(Refused, match="You decided this"):
        rate(by="Amir")


def test_nobody_chooses_what_is_looked_at_again():
    for other in (a_decision(id=NOT_SAMPLED), a_decision(is_beside=True)):
        with pytest.raises(Refused, match="not one of those"):
            rate(other)


def test_a_decision_is_rated_once():
    with pytest.raises(Refused, match="already"):
        rate(earlier=[rate().change.after])


def test_how_soon_is_a_response_time():
    with pytest.raises(Refused):
        rate(urgency="high")


def test_agreement_is_gwets_ac1_and_does_not_collapse_where_nearly_all_say_the_same():
    # The table of 125 with which Gwet (2008) shows why: kappa says less than chance, and 118 agree.
    pairs = [("a", "a")] * 118 + [("a", "b")] * 5 + [("b", "a")] * 2
    found = consistency.agreement(pairs, codes=2)
    assert found.coefficient == pytest.approx(0.9408, abs=0.0005)
    assert (found.rated, found.alike) == (125, 118) and found.low < found.coefficient < found.high
    assert found.high - found.low == pytest.approx(0.09, abs=0.02)


def test_all_alike_is_one_and_too_few_say_nothing():
    assert consistency.agreement([("a", "a")] * 9, codes=6).coefficient == 1.0
    assert consistency.agreement([("a", "a")], codes=6) is None


def test_more_decisions_make_a_narrower_interval():
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("c", "c")]
    few, many = (consistency.agreement(pairs * times, codes=6) for times in (5, 50))
    assert many.high - many.low < (few.high - few.low) / 3


def test_disagreement_is_counted_by_urgency_and_hour_and_by_no_person():
    kept = rate().change.after
    assert consistency.by_urgency([kept, kept]) == {"urgent": (2, 2)}
    assert consistency.by_hour([kept]) == {"06:00 to 12:00": (1, 1)}
    splits = [name for name in vars(consistency) if name.startswith("by_")]
    assert splits == ["by_urgency", "by_hour"] and "decided_by_id" not in {one.name for one in fields(kept)}
