"""A form is recorded for the team it was opened for, or not at all; and its text is kept either way."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.drafts.models import Draft
from nowrongdoor.journeys import agencies
from nowrongdoor.rules.agency import Member, Membership
from tests.pages.sending import fields, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
NEW = reverse("contact_new")


@pytest.fixture
def two_teams(place):
    """Amir also works for the crisis team; answers that membership."""
    key = uuid4()
    also = Membership(key, place.amir.member_id, place.teams["Crisis team"], "triage_clinician", SINCE, None)
    agencies.enter(facts=[also], by=place.viewers["Lou of Front door"], at=place.later())
    return key


def switch(browser, membership_id):
    page = browser.get(reverse("switch_team"))
    return sent(browser, reverse("switch_team"), fields(page), **{"as": str(membership_id)})


def test_a_form_of_one_team_is_not_recorded_for_another(amir, place, two_teams):
    seen = fields(amir.get(NEW), form="contact")
    assert switch(amir, two_teams).status_code == 302
    answer = sent(amir, NEW, seen, words="Mum has not slept.", outcome="advice_given")
    assert answer.status_code == 409 and not Contact.objects.exists()
    said = text(answer)
    assert "This form was opened for Front door" in said and "You are working for Crisis team now." in said
    assert Draft.objects.get().fields["words"] == ["Mum has not slept."]

    back = fields(answer, action=reverse("switch_team"))
    front = stories.browser(place.amir).session["membership"]
    switched = sent(amir, reverse("switch_team"), back, **{"as": front})
    again = fields(amir.get(switched.url), form="contact")
    assert again["words"] == ["Mum has not slept."]
    assert sent(amir, NEW, again).status_code == 302
    assert Contact.objects.get().team_id == place.amir.team_id


def test_the_text_can_be_opened_again_for_the_team_of_now(amir, place, two_teams):
    seen = fields(amir.get(NEW), form="contact")
    switch(amir, two_teams)
    sent(amir, NEW, seen, words="For us after all.", outcome="advice_given")
    again = fields(amir.get(f"{NEW}?draft={Draft.objects.get().id}"), form="contact")
    assert sent(amir, NEW, again).status_code == 302
    assert Contact.objects.get().team_id == place.teams["Crisis team"]


def test_a_draft_is_still_kept_and_the_team_switched_from_an_older_page(amir, place, two_teams):
    front = amir.session["membership"]
    older = fields(amir.get(reverse("switch_team")))
    seen = fields(amir.get(NEW), form="contact")
    switch(amir, two_teams)
    kept = amir.post(reverse("draft", args=[seen["draft_key"][0]]), {**seen, "words": "Half a"},
                     headers={"accept": "application/json"})  # fmt: skip
    assert kept.status_code == 200
    assert sent(amir, reverse("switch_team"), older, **{"as": front}).status_code == 302


def test_after_switching_nobody_is_led_to_another_site(amir, two_teams):
    page = fields(amir.get(reverse("switch_team")))
    answer = sent(amir, reverse("switch_team"), page, **{"as": str(two_teams), "next": "//evil.example/"})
    assert answer.url == reverse("my_work")


def test_what_was_typed_for_another_role_is_kept_and_shown(place):
    """The form was open when the role was taken away: a call handler decides nothing in triage."""
    member = Member(uuid4(), "Ola of Front door", "Call handler")
    joined = Membership(uuid4(), member.id, place.amir.team_id, "call_handler", SINCE, None)
    agencies.enter(facts=[member, joined], by=place.viewers["Lou of Front door"], at=place.later())
    ola = stories.browser(replace(place.amir, member_id=member.id, member_name=member.name))
    page = reverse("triage_decide", args=[place.a_referral()])
    seen = fields(ola.get(NEW), form="contact")
    answer = sent(ola, page, {**seen, "draft_form": [page]}, why="Her mum is worried.")
    assert answer.status_code == 403
    assert "Her mum is worried." in text(answer) and "It is kept" in text(answer)
    assert Draft.objects.get().fields["why"] == ["Her mum is worried."]
