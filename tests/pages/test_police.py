"""Decisions with the police on a screen; and what the database refuses, whoever writes there."""

import json
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.police.models import PoliceDecision
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import police
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.police_advice import GUIDANCE
from tests.journeys import police as scenes
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
ANSWERS = {f"answer_{name}": said for name, said in scenes.NEITHER.items()}
CALL = {"category": "concern_for_welfare", "sector": "health", "force": "averley", "age": "44", **ANSWERS}
NO = {
    **CALL,
    "outcome": "not_attending",
    "reason": "neither_limb",
    "words": "Control room supervisor agrees.",
    "accepted_by": "Amir",
    "going": "Amir and a colleague",
    "arrives_minutes": "40",
    "safe_minutes": "60",
    "told": "told",
    "call_back_when": "If he leaves the house.",
}
OPEN = {
    **CALL,
    "outcome": "unknown",
    "reason": "no_answer",
    "told": "not_reached",
    "call_back_when": "If not.",
}


@pytest.fixture
def referral(place):
    return place.a_referral(person_id=stories.maryam(place))


def screen(referral, part=""):
    return reverse(f"referral_police{part}", args=[referral])


def owed(referral):
    return set(Promise.objects.filter(referral_id=referral, state="open").values_list("kind", flat=True))


def test_the_police_do_not_attend_and_everybody_can_see_who_holds_and_goes(amir, place, referral):
    assert fill(amir, screen(referral), **NO).status_code == 302
    one = PoliceDecision.objects.get()
    assert one.guidance.startswith(f"{GUIDANCE}@") and one.answers == scenes.NEITHER
    assert "police_recheck" in owed(referral)
    for page in (screen(referral), reverse("referral", args=[referral])):
        shown = text(amir.get(page))
        assert "Police do not attend" in shown and "Amir and a colleague" in shown
        assert "Front door: Amir" in shown
    person = store.peek(REFERRALS, referral).person_id
    assert "Police do not attend" in text(amir.get(reverse("person_timeline", args=[person])))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"accepted_by": ""}, "No accepting holder"),
        ({"answer_serious_harm": "not_known"}, "What is not known is no reason not to attend"),
        (
            {"answer_serious_harm": "yes", "answer_happening_now": "yes"},
            "By these answers the police are asked",
        ),
        ({"told": ""}, "Say whether the caller knows"),
        ({"safe_minutes": "soon"}, "Write whole minutes, like 60"),
        ({"age": "old"}, "Write an age, like 44"),
        ({"reason": "limb_a"}, "This reason is for another answer"),
    ],
)
def test_a_no_that_leaves_a_gap_is_refused_and_what_was_typed_stays(amir, referral, change, says):
    refused = fill(amir, screen(referral), **(NO | change))
    assert refused.status_code == 422
    assert says in text(refused) and "If he leaves the house." in refused.content.decode()
    assert not PoliceDecision.objects.exists()


def test_guidance_is_shown_with_why_and_what_would_change_it_and_records_nothing(amir, referral):
    shown = text(fill(amir, screen(referral), **CALL, advise="1"))
    assert "Somebody else, handed over warmly" in shown and "Because of row 19" in shown
    assert "It would be otherwise with" in shown and "Averley Police (invented)" in shown
    asked = text(fill(amir, screen(referral), advise="1"))
    assert "Not known yet: ask, then a supervisor" in asked and "Still worth asking" in asked
    assert not PoliceDecision.objects.exists()


def test_sent_twice_it_is_recorded_once(amir, referral):
    page = screen(referral)
    typed = fields(amir.get(page)) | NO
    assert [sent(amir, page, typed).status_code for _ in range(2)] == [302, 302]
    assert PoliceDecision.objects.count() == 1


def test_nothing_closes_while_it_is_not_settled_and_deciding_again_settles_it(amir, referral):
    assert fill(amir, screen(referral), **OPEN).status_code == 302
    assert owed(referral) >= {"police_gap", "police_recheck", "callback"}
    assert fill(amir, screen(referral), **NO).status_code == 302
    assert "police_gap" not in owed(referral)
    assert PoliceDecision.objects.count() == 2
    assert "Decided again since; it stays on record." in text(amir.get(screen(referral)))


def test_a_new_fact_asks_anew_and_what_they_saw_and_both_views_are_on_record(amir, referral):
    assert amir.get(screen(referral, "_fact")).url == screen(referral)
    assert "Nothing was decided with the police yet" in text(amir.get(screen(referral)))
    fill(amir, screen(referral), **NO)
    new = {"fact": "He has taken tablets.", "answer_taken_or_hurt": "yes"}
    assert fill(amir, screen(referral, "_fact"), **new).status_code == 302
    assert "Tell police and ambulance now" in text(amir.get(reverse("referral", args=[referral])))
    assert fill(amir, screen(referral, "_saw"), seen_as="awake", words="In bed.").status_code == 302
    assert fill(amir, screen(referral, "_dispute"), **scenes.VIEWS).status_code == 302
    shown = text(amir.get(screen(referral)))
    for said in ("He has taken tablets.", "That is no assessment", *list(scenes.VIEWS.values())[:2]):
        assert said in shown
    assert owed(referral) >= {"police_gap", "disagreement", "callback"}
    assert fill(amir, screen(referral, "_dispute"), **scenes.VIEWS).status_code == 409


COPY = """
    INSERT INTO police_policedecision
    SELECT (jsonb_populate_record(d, %s::jsonb)).* FROM police_policedecision d WHERE d.id = %s
"""


def written(key, **change):
    """The decision again as a row of its own, changed at a prompt, with every guard asked at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        row = {"id": str(uuid4()), "follows_id": str(key), **change}
        cursor.execute(COPY, [json.dumps(row), key])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def test_the_database_refuses_a_no_that_leaves_a_gap(place):
    key = scenes.a_decision(place)
    written(key)  # the control: the same decision whole is taken
    later = {**scenes.NEITHER, "serious_harm": "yes"}
    for constraint, change in (
        ("police_no_has_a_holder", {"accepting_team_id": None}),
        ("police_no_has_a_holder", {"accepted_at": None}),
        ("police_no_says_who_goes", {"accepted_by": ""}),
        ("police_no_says_who_goes", {"safe_until": None}),
        ("police_says_whether_told", {"told": ""}),
        ("police_says_when_to_ring", {"call_back_when": ""}),
        ("police_no_knows", {"answers": {**scenes.NEITHER, "crime_now": "not_known"}}),
        ("police_no_knows", {"answers": {**scenes.NEITHER, "serious_harm": "not_asked"}}),
        ("police_no_knows", {"answers": {}}),
        ("police_no_has_who_holds", {"accepting_team_id": str(place.teams["Crisis team"])}),
        ("police_is_looked_at_again", {"decided_at": "2020-01-01T00:00:00Z"}),
        ("police_caller_is_told", {"told": "not_reached"}),
        ("police_threat_is_a_task", {"answers": later}),
    ):
        if constraint == "police_is_looked_at_again":
            change = {**change, "outcome": "attend", "accepting_team_id": None, "accepted_at": None}
        with pytest.raises(IntegrityError) as refused:
            written(key, **change)
        assert broken(refused) == constraint, change


def broken(refused):
    return refused.value.__cause__.diag.constraint_name


CLOSE = """
    UPDATE referrals_referral SET state = 'closed', closed_at = now(), closed_by_id = d.decided_by_id,
        outcome = 'helped', told = 'Goodbye.', told_by = 'us', version = referrals_referral.version + 1
    FROM police_policedecision d WHERE d.id = %s AND referrals_referral.id = d.referral_id
"""


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        ("police_stays_as_decided", "UPDATE police_policedecision SET outcome = 'attend' WHERE id = %s"),
        ("police_stays_as_decided", "UPDATE police_policedecision SET advice = 'ambulance' WHERE id = %s"),
        ("police_before_closing", CLOSE),
    ],
    ids=("outcome", "advice", "closing"),
)
def test_the_database_keeps_what_was_decided_and_closes_nothing_that_is_not_settled(
    place, constraint, statement
):
    key = scenes.a_decision(place, scenes.OPEN)
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [key])
        cursor.execute("SET CONSTRAINTS police_before_closing IMMEDIATE")
    assert broken(refused) == constraint


def test_two_who_decide_at_once_are_not_both_right(place):
    key = scenes.a_decision(place)
    with pytest.raises(Refused, match="Somebody decided this with the police meanwhile"):
        again = scenes.deciding(place) | {"referral_id": PoliceDecision.objects.get(pk=key).referral_id}
        police.decide(**again, at=now())
