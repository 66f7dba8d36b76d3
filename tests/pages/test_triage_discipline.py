"""The right specialist: in which discipline it was decided, and what is said where another usually does."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import agencies, triage
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.triage import Decision
from tests.pages.sending import fields, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SOON

pytestmark = pytest.mark.django_db


def joins(place, name: str, title: str, discipline: str, *, role: str = "triage_clinician") -> Viewer:
    """Another member of the front door, of this discipline."""
    member = Member(uuid4(), name, title, discipline)
    membership = Membership(uuid4(), member.id, place.amir.team_id, role, place.later(), None)
    agencies.enter(facts=[member, membership], by=place.viewers["Lou of Front door"], at=place.later())
    return replace(place.amir, member_id=member.id, member_name=name, role=role)


@pytest.fixture
def nurse(place):
    return joins(place, "Priya Shah", "Nurse in charge", "mental_health_nurse")


@pytest.fixture
def social_worker(place):
    return joins(place, "Sol Okoro", "Duty worker", "social_worker")


def test_a_decision_says_by_whom_and_in_which_discipline_on_the_page_and_in_the_timeline(place, nurse):
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)
    triage.accept_here(referral_id=referral_id, decision=SOON, by=nurse, at=place.later(), seen=1)
    assert Referral.objects.get(pk=referral_id).triaged_as == "mental_health_nurse"
    browser = stories.browser(nurse)
    assert "Decided by Priya Shah, mental health nurse, " in text(browser.get(f"/triage/{referral_id}"))
    story = text(browser.get(f"/people/{person_id}/timeline"))
    assert "Decided as a mental health nurse how soon" in story
    assert "Another discipline usually does" not in story


def test_the_timeline_keeps_why_somebody_of_another_discipline_decided(place, social_worker):
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)
    decision = Decision("urgent", ("mental",), "Not slept.", "The nurse is on a call until noon.")
    triage.accept_here(referral_id=referral_id, decision=decision, by=social_worker, at=place.later(), seen=1)
    story = text(stories.browser(social_worker).get(f"/people/{person_id}/timeline"))
    assert "Decided as a social worker how soon" in story
    assert "Another discipline usually does. Why not this time: The nurse is on a call until noon." in story


# --- advice beside the decision -------------------------------------------------------------------------


def advised(client, referral_id) -> str:
    page = client.get(f"/triage/{referral_id}").content.decode()
    if 'id="advice"' not in page:
        return ""
    start = page.index('id="advice"')
    return " ".join(re.sub(r"<[^>]+>", " ", page[start : page.index("</div>", start)]).split())


def decides(client, referral_id, **given):
    url = f"/triage/{referral_id}?queue=all"
    seen = fields(client.get(url), form="decide")
    usual = {"decision": "accept", "urgency": "urgent", "why": "Not slept.", "needs": ["mental"]}
    return sent(client, url, seen, **{**usual, **given})


def test_whoever_does_not_usually_decide_is_told_who_does_and_who_that_is_in_the_team(
    place, nurse, social_worker
):
    said = advised(stories.browser(social_worker), place.a_referral())
    assert "None of the needs here is usually decided by a social worker." in said
    assert "Mental health: usually a mental health nurse, a psychiatrist" not in said
    assert (
        "Mental health: usually a mental health nurse, an approved mental health professional (AMHP) "
        "or a psychiatrist." in said
    )
    assert "The specialists for it in your team now: Priya Shah (mental health nurse)." in said
    assert "You decide." in said


def test_one_who_usually_decides_is_advised_nothing(place, nurse):
    assert advised(stories.browser(nurse), place.a_referral()) == ""


def test_nobody_is_named_who_may_not_decide_or_is_of_another_discipline(place, social_worker):
    joins(place, "Nils Call", "Nurse", "mental_health_nurse", role="call_handler")
    joins(place, "Otto Ther", "Therapist", "occupational_therapist")
    said = advised(stories.browser(social_worker), place.a_referral())
    assert "Nobody else in your team is on record as one who usually decides this." in said


def test_a_discipline_nobody_recorded_is_said_to_be_so(place, amir):
    assert "It is not on record in which discipline you decide." in advised(amir, place.a_referral())


def test_advice_that_stood_on_the_page_stops_nobody_and_the_line_of_why_is_kept(place, social_worker):
    browser = stories.browser(social_worker)
    with_why, without = place.a_referral(), place.a_referral()
    assert decides(browser, with_why, why_not_usual="The nurse is on a call.").status_code == 302
    assert decides(browser, without).status_code == 302
    kept = Referral.objects.get(pk=with_why)
    assert (kept.state, kept.triaged_as, kept.triaged_as_words) == (
        "accepted", "social_worker", "The nurse is on a call.",
    )  # fmt: skip
    assert Referral.objects.get(pk=without).triaged_as_words == ""
    said = text(browser.get(f"/triage/{with_why}"))
    assert "Why not one who usually decides The nurse is on a call." in said


def test_needs_that_are_chosen_in_the_form_are_advised_about_once_before_it_is_recorded(place, nurse):
    browser, referral_id = stories.browser(nurse), place.a_referral()
    answer = decides(browser, referral_id, needs=["housing"])
    assert answer.status_code == 200
    said = text(answer)
    assert "Nothing has been recorded yet." in said
    assert "Housing: usually a housing officer or a social worker." in said
    assert Referral.objects.get(pk=referral_id).version == 1
    url, seen = f"/triage/{referral_id}?queue=all", fields(answer, form="decide")
    again = sent(browser, url, seen, why_not_usual="Known to me.")
    assert again.status_code == 302
    kept = Referral.objects.get(pk=referral_id)
    assert (kept.needs, kept.triaged_as_words) == (["housing"], "Known to me.")


def test_what_was_overtaken_says_so_before_anything_is_advised(place, nurse):
    browser, referral_id = stories.browser(nurse), place.a_referral()
    url = f"/triage/{referral_id}?queue=all"
    seen = fields(browser.get(url), form="decide")
    triage.accept_here(referral_id=referral_id, decision=SOON, by=place.amir, at=place.later(), seen=1)
    answer = sent(browser, url, seen, decision="accept", urgency="urgent", why="X", needs=["housing"])
    assert answer.status_code == 409


def test_asking_and_duplicates_decide_nothing_that_a_discipline_is_wanted_for(place, social_worker):
    browser, referral_id = stories.browser(social_worker), place.a_referral()
    asks = {"decision": "ask", "asked_of": "Her GP", "question": "Which tablets?", "needs": ["physical"]}
    assert decides(browser, referral_id, **asks).status_code == 302


def test_what_is_unclaimed_says_which_discipline_it_wants(place, nurse):
    call_handler = joins(place, "Zofia", "Call handler", "call_handler", role="call_handler")
    place.a_referral(by=call_handler)
    browser = stories.browser(nurse)
    assert "Wants a mental health nurse, an approved" in text(browser.get("/triage?queue=unclaimed"))
    assert "Wants a" not in text(browser.get("/triage?queue=all"))
