"""What decides with the police, in guidance and in merging is a dated, sourced row: another row decides otherwise."""

from datetime import timedelta

import pytest

from nowrongdoor.rules import law, merging, police_decision
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance_versions import Appraisal, agreed
from nowrongdoor.rules.law import forces, seeing
from tests.worlds.facts import TEN, id_of

MOVED = ("merge_bits_of_number", "police_minutes_ahead", "guidance_agencies", "adult_from_age")


def set_to(monkeypatch, code, value):
    honest = seeing.most_on
    monkeypatch.setattr(seeing, "most_on", lambda asked, *, on: value if asked == code else honest(asked, on=on))


@pytest.mark.parametrize("code", MOVED)
def test_each_has_its_source_and_says_that_nobody_has_compared_it(code):
    (row,) = [one for one in law.rows("limits") if one["code"] == code]
    found = law.provenance(row)
    assert found.source and found.source_date and not found.verified


def test_how_much_a_replaced_number_speaks_for_one_person(monkeypatch):
    assert merging.by_number(id_of("one"), id_of("other"), at=TEN).bits == 23
    set_to(monkeypatch, "merge_bits_of_number", 7)
    assert merging.by_number(id_of("one"), id_of("other"), at=TEN).bits == 7


def test_how_far_ahead_a_time_agreed_with_the_police_may_lie(monkeypatch):
    assert police_decision.later(10_080, "safe_minutes", TEN) == TEN + timedelta(days=7)
    set_to(monkeypatch, "police_minutes_ahead", 60)
    with pytest.raises(Refused):
        police_decision.later(61, "safe_minutes", TEN)


def test_how_many_agencies_agree_to_guidance(monkeypatch):
    said = [
        Appraisal(id_of(name), id_of("version"), id_of(name), id_of(f"{name}’s member"), True, "", TEN)
        for name in ("one", "other")
    ]
    assert agreed(said, at=TEN) and not agreed(said[:1], at=TEN)
    set_to(monkeypatch, "guidance_agencies", 3)
    assert not agreed(said, at=TEN)


def test_from_which_age_somebody_is_no_child(monkeypatch):
    on = local_date(TEN)
    surrey = {"category": "concern_for_welfare", "sector": "health", "at": TEN}
    assert forces.adult(on=on) == 18
    assert forces.scope("surrey", age=17, **surrey).word == forces.CHILD_EXCLUDED
    set_to(monkeypatch, "adult_from_age", 16)
    assert forces.scope("surrey", age=17, **surrey).word != forces.CHILD_EXCLUDED
