"""Invented cases: dated, marked as invented, rated once by each of many, and agreed on by case alone."""

from dataclasses import fields
from datetime import date
from random import Random

import pytest

from nowrongdoor.rules import consistency, law, vignettes
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.contact import QUESTIONS
from nowrongdoor.rules.vignettes import VignetteRating
from tests.worlds.facts import NINE, id_of

ON = date(2026, 11, 29)
CASE = vignettes.standing(on=ON)[0].version
# Four raters, five kinds: the worked example of Gwet's Handbook of Inter-Rater Reliability, published as 0.775. Its
# twelfth unit, rated by one alone, is left out here as `agreement` leaves it out.
GWET = ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11"]


def rate(vignette=CASE, *, by="Amir", urgency="soon", earlier=()):
    return vignettes.rate(
        vignette, earlier=earlier, rating_id=id_of("rating"), urgency=urgency, by=id_of(by), at=NINE
    )


def test_every_case_says_that_it_is_invented_and_asks_what_a_contact_asks():
    rows, asked = law.rows("vignettes"), {one.code for one in law.questions(QUESTIONS, on=ON).questions}
    assert len(rows) >= 12 and {row["invented"] for row in rows} == {"yes"}
    for one in vignettes.standing(on=ON):
        assert one.words and one.label and set(one.answers) <= asked, one.code
        assert set(one.answers.values()) <= {"yes", "no", "not_asked", "not_known", "declined"}
        assert "nvented" in one.source


def test_a_case_that_does_not_say_so_is_not_loaded():
    row = law.rows("vignettes")[0] | {"invented": ""}
    with pytest.raises(law.Unsourced, match="invented"):
        vignettes._vignette(row)


def test_a_case_stands_by_its_days_and_a_new_version_is_rated_anew(monkeypatch):
    was, *_ = law.rows("vignettes")
    new = was | {"valid_from": "2026-12-01", "words": "Otherwise."}
    monkeypatch.setattr(law, "rows", lambda name: [was | {"valid_to": "2026-12-01"}, new])
    vignettes.standing.cache_clear()
    try:
        before, after = (vignettes.one(was["code"], on=date(2026, *day)) for day in ((11, 30), (12, 1)))
    finally:
        vignettes.standing.cache_clear()
    assert (before.words, after.words) == (was["words"], "Otherwise.") and before.version != after.version


def test_one_rates_a_case_once_and_others_rate_it_too():
    kept = rate().change.after
    assert (kept.vignette, kept.rated) == (CASE, "soon")
    with pytest.raises(Refused, match="already"):
        rate(earlier=[kept])
    assert rate(by="Priya", earlier=[kept])


@pytest.mark.parametrize(
    ("so", "words"), [({"vignette": "x@2015-01-01"}, "not one"), ({"urgency": "x"}, "Choose")]
)
def test_what_is_not_there_is_refused(so, words):
    with pytest.raises(Refused, match=words):
        rate(**so)


def test_agreement_of_many_is_that_of_a_worked_example():
    found = consistency.agreement(GWET, codes=5)
    assert found.coefficient == pytest.approx(0.775, abs=0.001)
    assert 0.4 < found.low < 0.6 and found.high == 1.0
    assert (found.rated, found.alike) == (11, 8)
    assert consistency.agreement([*GWET, "3"], codes=5) == found, "one alone says nothing of agreement"


def test_pairs_are_counted_and_nobody_is_named():
    assert vignettes.pairs({"soon": 3, "urgent": 2}) == (10, 6)
    assert vignettes.pairs({"soon": 4}) == (6, 0) and vignettes.pairs({}) == (0, 0)
    given = {"a": {"soon": 3, "urgent": 2}, "b": {"routine": 5}, "c": {"soon": 1}}
    said = [["soon"] * 3 + ["urgent"] * 2, ["routine"] * 5]
    assert vignettes.agreement(given, codes=6) == consistency.agreement(said, codes=6)
    assert {one.name for one in fields(VignetteRating)} >= {"rated_by_id"}
    assert not any(name.startswith("by_") for name in vars(vignettes)), "by case alone"


def test_guessing_alone_agrees_by_no_more_than_chance():
    """A control: raters who choose anything agree about nought beyond chance, and those who know agree wholly."""
    dice = Random(7)
    guessed = [[dice.choice("abcdef") for _ in range(20)] for _ in range(200)]
    known = [[dice.choice("abcdef")] * 20 for _ in range(200)]
    assert abs(consistency.agreement(guessed, codes=6).coefficient) < 0.02
    assert consistency.agreement(known, codes=6).coefficient == 1
