"""Guidance a place owns: what may be uploaded, what stands when, and what a replay says and does not say."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from nowrongdoor.rules import guidance_versions as rule
from nowrongdoor.rules import local_guidance, replaying, response_advice
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.guidance import shelf
from nowrongdoor.rules.guidance_versions import Version
from nowrongdoor.rules.replaying import Case, Interval
from tests.worlds.facts import NINE, TEN, id_of

SHIPPED = (Path(shelf.SHIPPED) / "response_time.dmn").read_text(encoding="utf-8")
SAYS = '<outputEntry id="row_3_response"><text>"{}"</text>'
CHANGED = SHIPPED.replace(SAYS.format("emergency"), SAYS.format("very_urgent"))
ROW = SHIPPED[SHIPPED.index('<rule id="row_1">') : SHIPPED.index("</rule>") + 7]
TODAY = date(2026, 11, 10)


def a_version(**so):
    usual = {
        "id": id_of("version"), "name": "response_time", "agency_id": None, "author_id": id_of("Amir"),
        "author_agency_id": id_of("Averley"), "written_with": "Carers", "lived_experience": True, "why": "Why.",
        "text": CHANGED, "model_version": "x", "state": "draft", "uploaded_at": NINE, "version": 1,
    }  # fmt: skip
    return Version(**(usual | so))


BAD = {
    "no xml": ("hello", "Line 1"),
    "nothing": ("", "empty"),
    "an entity": ('<!DOCTYPE a [<!ENTITY b "c">]>' + SHIPPED, "Line 1"),
    "too large": (SHIPPED + " " * 600_000, "larger than 500,000 bytes"),
    "a loop": (
        SHIPPED.replace(
            '<informationRequirement id="needs_age">',
            '<informationRequirement id="ring"><requiredDecision href="#decision_response_time"/>'
            '</informationRequirement><informationRequirement id="needs_age">',
        ),
        "rests on itself",
    ),
    "an unknown word": (SHIPPED.replace('"yes"</text></inputEntry>', '"maybe"</text></inputEntry>', 1), "row 1"),
    "no such input": (SHIPPED.replace("<text>in_danger</text>", "<text>mood</text>"), "mood"),
    "no response time": (SHIPPED.replace(SAYS.format("emergency"), SAYS.format("quickly")), "Row 3"),
    "an impossible date": (SHIPPED.replace("2015-01-01", "2015-02-31"), "2015-02-31"),
    "10,000 rows": (
        SHIPPED.replace("</decisionTable>", "<rule>" + "".join(
            '<inputEntry><text>-</text></inputEntry>' for _ in range(8)
        ) + '<outputEntry><text>"soon"</text></outputEntry><outputEntry><text>""</text></outputEntry></rule>'
            + "</decisionTable>", 1).replace("</rule></decisionTable>", "</rule>" + (
            "<rule>" + "<inputEntry><text>-</text></inputEntry>" * 8
            + '<outputEntry><text>"soon"</text></outputEntry><outputEntry><text>""</text></outputEntry></rule>'
        ) * 1_000 + "</decisionTable>"),
        "rows",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_what_cannot_be_used_is_refused_with_its_place(name):
    text, words = BAD[name]
    with pytest.raises(Refused) as said:
        local_guidance.accepted(text, at=TEN)
    assert words in said.value.words and said.value.field == "file"


def test_what_we_ship_could_be_uploaded_and_every_check_of_it_finds_nothing():
    model = local_guidance.accepted(SHIPPED, at=TEN)
    assert local_guidance.problems(model, at=TEN) == []


def test_a_question_nobody_asked_may_not_make_it_later_than_any_answer():
    unasked = SHIPPED.replace('<outputEntry id="row_2_response"><text>"emergency"</text>',
                              '<outputEntry id="row_2_response"><text>"routine"</text>')  # fmt: skip
    unasked = unasked.replace('not("yes", "no")', '"not_asked"')
    assert any("was not asked" in one for one in local_guidance.lessened(
        local_guidance.accepted(unasked.replace("PRIORITY", "FIRST"), at=TEN), at=TEN
    ))  # fmt: skip


def test_columns_say_what_one_case_is_told():
    model = local_guidance.model_of(CHANGED)
    cases = local_guidance.generated(model, at=TEN)
    every = local_guidance.answered(model, cases, at=TEN)
    for place in range(0, len(every), 997):
        one = {name: column[place] for name, column in cases.items()}
        assert local_guidance.said(model, one, at=TEN) == every[place]


def test_the_guidance_we_ship_is_the_first_version_and_the_live_one_is_chosen_by_its_day():
    live = a_version(state="live", live_from=TODAY + timedelta(days=2))
    agency = id_of("Averley")

    def version(on):
        return local_guidance.stands([live], agency_id=agency, on=on).version_id

    assert version(TODAY) is None and version(TODAY + timedelta(days=1)) is None
    assert version(TODAY + timedelta(days=2)) == live.id
    aside = replace(live, state="set_aside", ended_on=TODAY + timedelta(days=5))
    assert rule.standing([aside], agency_id=agency, on=TODAY + timedelta(days=4)) == aside, "as it stood"
    assert rule.standing([aside], agency_id=agency, on=TODAY + timedelta(days=5)) is None


def test_an_agencys_own_stands_before_the_whole_places_and_for_nobody_else():
    whole = a_version(state="live", live_from=TODAY)
    own = a_version(id=id_of("own"), state="live", live_from=TODAY, agency_id=id_of("Averley"))
    assert rule.standing([whole, own], agency_id=id_of("Averley"), on=TODAY) == own
    assert rule.standing([whole, own], agency_id=id_of("Council"), on=TODAY) == whole


def test_a_reviewed_version_runs_beside_until_its_day():
    one = a_version(state="reviewed")
    assert rule.beside([one], agency_id=None, on=TODAY) == [one]
    live = replace(one, state="live", live_from=TODAY)
    assert rule.beside([live], agency_id=None, on=TODAY - timedelta(days=1)) == [live]
    assert rule.beside([live], agency_id=None, on=TODAY) == []
    assert rule.beside([a_version(state="draft"), a_version(state="in_review")], agency_id=None, on=TODAY) == []


def appraised(one, who, agency, *earlier, agrees=True, words="No."):
    return rule.appraise(
        one, earlier=earlier, appraisal_id=id_of(f"{who} {len(earlier)}"), agency_id=id_of(agency), agrees=agrees,
        words=words, by=id_of(who), at=TEN + timedelta(minutes=len(earlier)),
    )  # fmt: skip


def test_two_partners_of_two_agencies_and_never_the_author():
    one = a_version(state="in_review")
    (first,) = appraised(one, "Priya", "Averley")
    (same,) = appraised(one, "Lou", "Averley", first.change.after)
    changed, _ = appraised(one, "Sam", "Council", first.change.after, same.change.after)
    assert changed.change.after.state == "reviewed"
    with pytest.raises(Refused, match="You wrote this"):
        appraised(one, "Amir", "Averley")


def test_who_says_not_yet_is_heard_until_they_say_otherwise():
    one = a_version(state="in_review")
    (no,) = appraised(one, "Priya", "Averley", agrees=False)
    (yes,) = appraised(one, "Sam", "Council", no.change.after)
    said = [no.change.after, yes.change.after]
    (third,) = appraised(one, "Lou", "Averley", *said)
    changed, _ = appraised(one, "Priya", "Averley", *said, third.change.after)
    assert changed.change.after.state == "reviewed"


def test_it_goes_live_only_after_the_difference_to_what_stands_now_was_looked_at():
    one = a_version(state="reviewed")
    about = {"live_from": TODAY, "by": id_of("Lou"), "at": TEN}
    with pytest.raises(Refused, match="Look at the difference first"):
        rule.put_live(one, stands_now="a", **about)
    seen = rule.compare(one, compared={}, with_version="a", at=TEN).change.after
    with pytest.raises(Refused, match="Look at the difference first"):
        rule.put_live(seen, stands_now="b", **about)
    assert rule.put_live(seen, stands_now="a", **about).change.after.state == "live"


def test_the_difference_names_the_rows_and_counts_every_kind_of_case():
    draft, stands = local_guidance.model_of(CHANGED), local_guidance.model_of(SHIPPED)
    found = replaying.difference(draft, stands, at=TEN)
    assert found["answers"] == [["emergency", "very_urgent", found["differ"]]] and found["later"] == found["differ"]
    assert len(found["rows"]) == 2 and "row 3" in found["rows"][0]
    same = replaying.difference(stands, stands, at=TEN)
    assert (same["differ"], same["rows"]) == (0, [])


def replayed(*answers):
    told = [response_advice.inputs_of(one, born_on=None, at=TEN) for one in answers]
    cases = [Case(number, one, TEN, {"age": "Not known"}) for number, one in enumerate(told)]
    draft, stands = local_guidance.model_of(CHANGED), local_guidance.model_of(SHIPPED)
    return replaying.replay(draft, stands, cases, at=TEN)


def test_a_replay_says_whose_answer_changes_because_of_which_row_and_for_whom():
    hurt = {"in_danger": "no", "taken_or_hurt": "yes", "can_wait": "no"}
    found = replayed(hurt, {"in_danger": "yes"}, {**hurt, "can_wait": "yes"})
    assert [one.case.key for one in found.changed] == [0, 2] and found.how_many("later") == 2
    assert [(row, closes.part) for row, _, closes in found.by_row() if closes.part] == [(3, 2)]
    assert found.by_group("age") == [("Not known", 3, 0, 2)]
    assert replayed().cases == 0


def test_what_nobody_asked_stays_unknown_in_a_replay():
    found = replayed({"taken_or_hurt": "yes"})
    assert not found.changed, "in danger or not was not asked, and so the answer stays"


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763)])
def test_a_share_has_the_interval_of_wilson(part, whole, low, high):
    assert Interval(part, whole).bounds == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def test_an_age_lies_in_one_band():
    assert [replaying.age_band(age, at=TEN) for age in (None, 0, 17, 18, 64, 65, 104)] == [
        "Not known", "Under 18", "Under 18", "18 to 24", "45 to 64", "65 to 79", "80 and over",
    ]  # fmt: skip
