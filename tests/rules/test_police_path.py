"""Absent without leave, walked out, missing, section 136 and being moved are five paths, each with its list."""

from datetime import date

import pytest

from nowrongdoor.rules import police_path
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import paths
from nowrongdoor.rules.police_path import Said
from tests.rules.test_crisis import AMIR, a_call, decided, known, row
from tests.worlds.facts import TEN, id_of

DANGER = known(serious_harm="yes", happening_now="yes")


def chosen(path="awol", *, before=(), name="path"):
    step = police_path.begin(before, path_id=id_of(name), referral_id=id_of("referral"), path=path,
                              words="", by=AMIR, at=TEN)  # fmt: skip
    return step.change.after


def said(one, **answers):
    return police_path.answer(one, said=answers, by=AMIR, at=TEN).change.after


def test_there_are_five_paths_and_each_asks_why_and_who_and_says_where_it_comes_from():
    found = paths.standing(at=TEN)
    assert list(found) == ["awol", "walk_out", "missing", "s136", "conveyance"]
    for one in found.values():
        assert one.steps and paths.named(one.version) == one
        for step in one.steps:
            assert step.words.endswith("?") and step.why and step.who and step.provenance.source
    assert paths.named("awol@1999-01-01") is None and paths.named("nothing") is None


def test_danger_now_is_asked_first_and_waits_for_nothing():
    for path in ("awol", "walk_out", "conveyance"):
        first = paths.standing(at=TEN)[path].steps[0]
        assert first.code == "danger" and "nothing below is waited for" in first.why
    assert paths.standing(at=TEN)["missing"].steps[0].code == "told"


def test_a_list_with_nothing_done_keeps_nobody_from_asking_the_police():
    one = chosen()
    assert len(police_path.open_steps(one, at=TEN)) == len(police_path.checklist(one).steps)
    assert row(decided(a_call("attend", "limb_b", of=DANGER))).outcome == "attend"


def test_what_nobody_said_is_done_is_open_and_what_is_not_known_too():
    one = said(chosen("missing"), told=Said("done", "Amir"), last=Said("not_known"), order=Said("under_way"),
               places=Said("not_needed", words="He rang."))  # fmt: skip
    assert police_path.open_steps(one, at=TEN) == ("order", "last", "needs", "one_person", "found")
    assert one.answers["told"]["who"] == "Amir" and one.answers["told"]["at"] == TEN.isoformat()
    assert said(one, needs=Said("done")).answers["told"] == one.answers["told"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"nothing": Said("done")}, "not on this list"),
        ({"rung": Said("fine")}, "Say how far that is"),
        ({"rung": Said("not_needed")}, "why that is not needed"),
        ({}, "Nothing is new here"),
    ],
)
def test_what_the_list_does_not_ask_or_says_nothing_is_refused(answers, words):
    with pytest.raises(Refused, match=words):
        said(chosen(), **answers)


def test_a_walk_out_may_become_missing_and_both_lists_stay():
    first = chosen("walk_out")
    assert chosen("missing", before=[first], name="second").path == "missing"
    with pytest.raises(Refused, match="on record here already"):
        chosen("walk_out", before=[first], name="second")
    with pytest.raises(Refused, match="one of the paths"):
        chosen("elsewhere")


def test_a_path_keeps_the_list_of_the_day_it_was_chosen():
    assert chosen().checklist == "awol@2015-01-01"
    assert paths.named("s136@2017-12-11").since == date(2017, 12, 11)
