"""Guidance as advice at triage: how soon, because of which rows, and what is still worth asking."""

from datetime import UTC, date, datetime

import pytest

from nowrongdoor.rules import law, response_advice

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
BORN = date(1980, 11, 30)
ASKED = {"in_danger": "no", "taken_or_hurt": "no", "can_wait": "yes", "someone_trusted": "yes", "depended_on": "no"}


def advised(*, born_on=BORN, **answers):
    return response_advice.of(ASKED | answers, born_on=born_on, at=AT)


def within(advice):
    return next(one.within for one in law.response_times(on=AT.date()) if one.code == advice.urgency)


def test_it_names_the_rows_the_version_and_what_it_was_worked_out_from():
    advice = advised()
    assert advice.version.startswith("response_time@") and advice.rows and "row" in advice.because
    assert advice.inputs["in_danger"] == "no" and advice.inputs["age"] == 45
    assert not advice.is_verified and advice.source


@pytest.mark.parametrize("question", sorted(ASKED))
@pytest.mark.parametrize("answer", ["not_asked", "not_known", "declined"])
def test_what_is_not_known_is_never_later_than_what_is(question, answer):
    assert within(advised(**{question: answer})) <= within(advised())


def test_what_is_still_worth_asking_is_what_could_change_it():
    assert "in_danger" in advised(in_danger="not_asked").to_ask
    assert "in_danger" not in advised(in_danger="no").to_ask
    assert advised(in_danger="yes").to_ask == ()


def test_an_age_nobody_knows_is_not_made_up():
    assert advised(born_on=None).inputs["age"] is None
    assert advised(born_on=date(2030, 1, 1)).inputs["age"] is None
