"""Law is dated, sourced rows: a decision names the version it used and can be replayed on any day."""

import csv
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import unverified
from tests.worlds.facts import TEN
from tests.worlds.tables import cases

FILES = ("code_lists", "disciplines", "promise_times", "questions", "response_times", "roles")
HEAD = (
    "code,label,within_minutes,order,source,source_date,verified,jurisdiction,valid_from,valid_to,licence\n"
)
ASKED = "set,code,question,why,order,source,source_date,verified,jurisdiction,valid_from,valid_to,licence\n"


@pytest.fixture
def other_law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Files of law for this test alone."""
    monkeypatch.setattr(law, "HERE", tmp_path)
    _forget()
    yield tmp_path
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for known in (law._codes, law._standards, law._questions, law._question_sets,
                  law._roles, law.codes, law.questions, law._entries, law.response_times,
                  law.promise_times, law.standard, law.acts_of):  # fmt: skip
        known.cache_clear()


@pytest.mark.parametrize("name", FILES)
def test_every_row_says_where_it_comes_from_and_from_when_it_stands(name: str) -> None:
    for row in law.rows(name):
        known = law.provenance(row)
        assert known.source and known.source_date and known.jurisdiction and known.licence
        assert known.valid_to is None or known.valid_from < known.valid_to


@cases("""
    source  | verified | valid from | loaded
    --------+----------+------------+-------
    A guide | yes      | 2020-01-01 | yes
    A guide | no       | 2020-01-01 | yes
            | yes      | 2020-01-01 | no
    A guide | perhaps  | 2020-01-01 | no
    A guide |          | 2020-01-01 | no
    A guide | yes      |            | no
""")
def test_a_row_that_does_not_say_so_is_not_loaded(other_law: Path, case: dict[str, str]) -> None:
    row = f"urgent,Urgent,60,1,{case['source']},2020,{case['verified']},England,{case['valid from']},,MIT\n"
    (other_law / "response_times.csv").write_text(HEAD + row, "utf-8")
    if case["loaded"] == "yes":
        assert len(law.rows("response_times")) == 1
    else:
        with pytest.raises(law.Unsourced, match=r"response_times\.csv line 2"):
            law.rows("response_times")


@cases("""
    decided on | within | version
    -----------+--------+------------------
    2019-12-31 | none   |
    2020-01-01 | 240    | urgent@2020-01-01
    2025-05-31 | 240    | urgent@2020-01-01
    2025-06-01 | 120    | urgent@2025-06-01
    2030-01-01 | 120    | urgent@2025-06-01
""")
def test_a_standard_stands_from_its_first_day_up_to_the_first_day_of_the_next(
    other_law: Path, case: dict[str, str]
) -> None:
    (other_law / "response_times.csv").write_text(
        HEAD
        + "urgent,Urgent,240,1,A guide,2020,yes,England,2020-01-01,2025-06-01,MIT\n"
        + "urgent,Urgent,120,1,A newer guide,2025,yes,England,2025-06-01,,MIT\n",
        "utf-8",
    )
    at = datetime.combine(date.fromisoformat(case["decided on"]), datetime.min.time(), UTC)
    if case["within"] == "none":
        with pytest.raises(Refused, match="Choose how soon a response is needed"):
            law.response_time("urgent", at=at)
        return
    standard = law.response_time("urgent", at=at)
    assert (standard.within, standard.version) == (timedelta(minutes=int(case["within"])), case["version"])


def test_a_decision_can_be_replayed_by_the_version_it_named(other_law: Path) -> None:
    (other_law / "response_times.csv").write_text(
        HEAD
        + "urgent,Urgent,240,1,A guide,2020,yes,England,2020-01-01,2025-06-01,MIT\n"
        + "urgent,Urgent,120,1,A newer guide,2025,yes,England,2025-06-01,,MIT\n",
        "utf-8",
    )
    (other_law / "promise_times.csv").write_text(HEAD, "utf-8")
    (other_law / "access_standards.csv").write_text(HEAD, "utf-8")
    then = law.standard("urgent@2020-01-01")
    assert then is not None and then.within == timedelta(minutes=240)
    assert law.standard("urgent@1999-01-01") is None


def test_urgencies_are_shown_soonest_first() -> None:
    shown = [standard.code for standard in law.response_times(on=TEN.date())]
    assert shown == ["emergency", "very_urgent", "urgent", "soon", "routine", "advice"]


def test_every_urgency_says_how_soon_an_offer_is_to_be_answered() -> None:
    for urgency in law.response_times(on=TEN.date()):
        assert law.promise_time(f"offer_{urgency.code}", at=TEN).within > timedelta(0)


def test_a_time_nobody_has_set_is_an_error_of_ours_and_no_refusal() -> None:
    with pytest.raises(LookupError, match="no 'lunch' standing on 2026-11-10"):
        law.promise_time("lunch", at=TEN)


@cases("""
    list             | code     | answer
    -----------------+----------+------------------------------------------------
    needs            | mental   | Mental health
    needs            | Mental   | refused: Choose one of the needs in the list.
    channels         |          | refused: Choose one of the channels in the list.
    contact_outcomes | vanished | refused: Choose one of the contact outcomes in the list.
    told_by          | nobody   | refused: Say who tells the person.
    safe_to_call     | maybe    | refused: Say whether this number is safe to ring.
    sharing_bases    | because  | refused: Say on what basis this is shared.
""")
def test_a_code_is_one_of_its_list(case: dict[str, str]) -> None:
    try:
        told = law.code(case["list"], case["code"], at=TEN, field="it").label
    except Refused as refusal:
        told = f"refused: {refusal.words}"
        assert (refusal.code, refusal.field) == ("it_unknown", "it")
    assert told == case["answer"]


@pytest.mark.parametrize("name", sorted({row["list"] for row in law.rows("code_lists")}))
def test_a_list_is_shown_in_its_order_and_has_no_code_twice(name: str) -> None:
    shown = law.codes(name, on=TEN.date())
    assert [one.order for one in shown] == sorted(one.order for one in shown)
    assert len({one.code for one in shown}) == len(shown)
    assert all(one.label and not one.label.endswith(".") for one in shown)


@cases("""
    asked on   | version             | questions
    -----------+---------------------+---------------
    2019-12-31 | none                |
    2020-01-01 | any_call@2020-01-01 | danger, hurt
    2023-12-31 | any_call@2020-01-01 | danger, hurt
    2024-01-01 | any_call@2024-01-01 | danger
    2025-06-01 | any_call@2025-06-01 | trusted, danger
    2030-01-01 | any_call@2025-06-01 | trusted, danger
""")
def test_a_set_of_questions_has_a_new_version_whenever_one_comes_or_goes(
    other_law: Path, case: dict[str, str]
) -> None:
    (other_law / "questions.csv").write_text(
        ASKED
        + "any_call,danger,Is anyone in danger?,So.,2,Us,2020,no,England,2020-01-01,,MIT\n"
        + "any_call,hurt,Is anyone hurt?,So.,3,Us,2020,no,England,2020-01-01,2024-01-01,MIT\n"
        + "any_call,trusted,Who is with you?,So.,1,Us,2025,no,England,2025-06-01,,MIT\n",
        "utf-8",
    )
    on = date.fromisoformat(case["asked on"])
    if case["version"] == "none":
        with pytest.raises(LookupError, match="no set 'any_call' standing on 2019-12-31"):
            law.questions("any_call", on=on)
        return
    asked = law.questions("any_call", on=on)
    assert (asked.version, ", ".join(one.code for one in asked.questions)) == (
        case["version"],
        case["questions"],
    )
    assert law.question_set(case["version"]) == asked, "and it can be read again by the version that was kept"


@pytest.mark.parametrize(
    "version", ["", "any_contact", "any_contact@2015-01-02", "any_contact@today", "x@2015-01-01"]
)
def test_a_version_of_the_questions_that_never_was_has_none(version: str) -> None:
    assert law.question_set(version) is None


def test_every_question_is_asked_in_a_sentence_and_says_why() -> None:
    asked = law.questions("any_contact", on=TEN.date()).questions
    assert 4 <= len(asked) <= 5, "a short set: nobody is read a list while they are in need"
    assert all(one.words.endswith("?") and one.why.endswith(".") for one in asked)
    assert [one.order for one in asked] == sorted({one.order for one in asked})


def test_an_act_is_permitted_to_a_role_by_a_row_and_to_nobody_without_one() -> None:
    assert "handover.accept" in law.acts_of("team_member", on=TEN.date())
    assert "handover.accept" not in law.acts_of("call_handler", on=TEN.date())
    assert law.acts_of("passer_by", on=TEN.date()) == frozenset()
    assert law.acts_of("team_member", on=date(1999, 1, 1)) == frozenset()


def test_every_role_that_may_do_something_is_on_the_list_of_roles() -> None:
    listed = {one.code for one in law.codes("roles", on=TEN.date())}
    assert {row["role"] for row in law.rows("roles")} == listed


def test_what_nobody_has_verified_is_shown_as_such_with_its_source() -> None:
    shown = unverified.listed()
    assert ("response_times", "Soon – within 72 hours") in {(name, label) for name, label, _ in shown}
    assert ("questions/any_contact", "Is anyone in danger at this moment?") in {one[:2] for one in shown}
    assert all(source for _, _, source in shown)
    verified = {row["label"] for row in law.rows("response_times") if row["verified"] == "yes"}
    assert not verified & {label for _, label, _ in shown}


def test_every_file_with_an_unverified_row_is_named() -> None:
    named = {name.split("/")[0] for name, _, _ in unverified.listed()}
    unsure = {path.stem for path in law.HERE.glob("*.csv")
              if any(row["verified"] == "no" for row in law.rows(path.stem))}  # fmt: skip
    assert unsure <= named


def test_no_list_grades_a_person() -> None:
    # NHS England, April 2025; NICE NG225: no suicide or self-harm risk level of a person, anywhere.
    graded = ("risk", "level", "score", "red", "amber", "green", "high", "low")
    for path in law.HERE.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                words = f"{row.get('list', '')} {row.get('code', '')} {row.get('label', '')}".lower()
                words += f" {row.get('question', '')} {row.get('why', '')}".lower()
                assert not set(re.findall("[a-z]+", words)) & set(graded), row
