"""What guidance advised is stored with what was decided; a later response than advised needs its reason."""

from datetime import date
from types import SimpleNamespace

import pytest

from nowrongdoor.rules import advising, law, response_advice
from nowrongdoor.rules.change import Refused, plain
from nowrongdoor.rules.triage import Decision
from tests.worlds.facts import TEN, a_referral, id_of

ASKED = {"in_danger": "no", "taken_or_hurt": "no", "can_wait": "no", "someone_trusted": "yes", "depended_on": "no"}
NOT_ASKED = dict.fromkeys(ASKED, "not_asked")
MAY = SimpleNamespace(born_on=date(1980, 11, 30))


def stored(urgency, *, answers=ASKED, saw=True, reason="", words=""):
    decision = Decision(urgency, ("mental",), "Why.", "", saw, reason, words)
    contact = SimpleNamespace(answers=answers) if answers is not None else None
    decided = a_referral(state="accepted")
    return advising.stored(decided, decision, contact=contact, person=MAY, by=id_of("Amir"), at=TEN)


def one(*of, **how):
    (step,) = stored(*of, **how)
    return step.change.after


def advised():
    return response_advice.of(ASKED, born_on=MAY.born_on, at=TEN)


def code(*, later):
    """A response time later, or sooner, than is advised."""
    times = {one.code: one.within for one in law.response_times(on=TEN.date())}
    than = times[advised().urgency]
    return next(one for one, within in times.items() if (within > than if later else within < than))


def test_the_advice_is_stored_with_the_decision_by_version_rows_and_inputs():
    kept, says = one(advised().urgency), advised()
    assert (kept.advised, kept.rows, kept.guidance_version) == (says.urgency, says.rows, says.version)
    assert kept.inputs == says.inputs and kept.inputs["age"] is not None
    assert kept.decided == says.urgency and kept.was_seen and not kept.reason
    assert plain(kept.inputs) == kept.inputs, "JSON holds it as it is"


def test_asked_again_of_what_is_stored_guidance_says_the_same():
    kept = one(advised().urgency)
    table = response_advice.shelf.standing(kept.guidance, on=TEN.date())
    again = table.model.decide(kept.decision, kept.inputs)
    assert (again.value["response"], again.rows, again.version) == (
        kept.advised, kept.rows, kept.guidance_version,
    )  # fmt: skip


def test_a_later_response_than_advised_needs_one_reason():
    with pytest.raises(Refused) as said:
        stored(code(later=True))
    assert (said.value.field, said.value.code) == ("why_not_advised", "why_not_advised_missing")
    kept = one(code(later=True), reason="person_wants")
    assert kept.reason == "person_wants" and kept.decided != kept.advised


def test_another_reason_is_said_in_words():
    with pytest.raises(Refused) as said:
        stored(code(later=True), reason="other", words="  ")
    assert said.value.field == "why_not_advised_words"
    assert one(code(later=True), reason="other", words="She asked for Thursday.").reason_words


def test_a_sooner_response_waits_for_no_reason():
    assert one(code(later=False)).reason == ""
    assert one(code(later=False), reason="other").reason == "other", "and none is refused for its words"


def test_a_reason_that_is_none_is_refused():
    with pytest.raises(Refused):
        stored(code(later=True), reason="weather")


def test_what_is_said_of_a_decision_that_differs_is_not_kept_of_one_that_does_not():
    kept = one(advised().urgency, reason="other", words="What was typed before it was changed back.")
    assert (kept.reason, kept.reason_words) == ("", "")


def test_where_nobody_asked_it_is_advised_as_soon_as_the_unknown_wants_and_no_reason_is_demanded():
    kept = one("soon", answers=NOT_ASKED)
    assert (kept.advised, kept.reason) == ("emergency", "")


def test_who_did_not_see_the_advice_is_not_asked_why_they_differ():
    kept = one(code(later=True), saw=False)
    assert not kept.was_seen and kept.reason == ""


def test_nothing_is_stored_where_no_contact_was_asked_anything():
    assert stored("soon", answers=None) == () and stored("soon", answers={}) == ()


@pytest.mark.parametrize(
    ("said", "decided", "stands"),
    [("urgent", "urgent", "same"), ("urgent", "soon", "later"), ("urgent", "emergency", "sooner"),
     ("soon", "advice", "other")],
)  # fmt: skip
def test_how_a_decision_stands_to_what_was_advised(said, decided, stands):
    assert advising.compared(said, decided, at=TEN) == stands
