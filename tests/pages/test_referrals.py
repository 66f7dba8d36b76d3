"""A referral: its holder line and clocks, and the acts it allows each viewer."""

from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.referrals.models import Referral
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def page_of(referral_id):
    return reverse("referral", args=[referral_id])


def accepted_by_crisis(place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    stories.accepted(place, place.an_offer(referral_id=referral_id), by=place.priya)
    return referral_id


def test_the_clock_says_its_rule_and_its_source(amir, place):
    said = text(amir.get(page_of(place.a_referral())))
    assert "Answer the person who asked within 30 minutes" in said
    assert "CORE Crisis Resolution Team Fidelity Scale" in said


def test_a_standard_nobody_has_checked_says_so(amir, place):
    from nowrongdoor.journeys import triage
    from nowrongdoor.rules.triage import Decision

    referral_id = place.a_referral()
    decision = Decision(urgency="advice", needs=("money",), why="A form to fill in.")
    triage.accept_here(referral_id=referral_id, decision=decision, by=place.amir, at=place.later(), seen=1)
    said = text(amir.get(page_of(referral_id)))
    assert "No Wrong Door default (no national figure found) (not checked against its source)" in said


def test_each_act_says_why_this_viewer_may_not_do_it(priya, place):
    referral_id = place.a_referral()
    place.an_offer(referral_id=referral_id)
    said = text(priya.get(page_of(referral_id)))
    why = "Only Front door can do this; you are working for Crisis team."
    assert said.count(why) == 8


def test_a_member_of_the_holding_team_takes_it_by_name(place):
    referral_id = place.a_referral()
    lou = stories.browser(place.viewers["Lou of Front door"])
    take = reverse("referral_take", args=[referral_id])
    answer = fill(lou, page_of(referral_id), action=take)
    assert answer.url == page_of(referral_id)
    assert Holding.objects.get().member_id == place.viewers["Lou of Front door"].member_id
    assert "You are already named as the one who holds this." in text(lou.get(page_of(referral_id)))


def test_two_who_take_it_at_once_hear_of_each_other(amir, place):
    referral_id = place.a_referral()
    take = reverse("referral_take", args=[referral_id])
    lou = stories.browser(place.viewers["Lou of Front door"])
    priya = stories.browser(place.viewers["Priya of Front door"])
    seen = fields(priya.get(page_of(referral_id)), action=take)
    fill(lou, page_of(referral_id), action=take)
    answer = sent(priya, take, seen)
    assert answer.status_code == 409
    assert "Lou of Front door took this on by name" in text(answer)


def test_help_begins_only_for_the_team_that_holds(priya, amir, place):
    referral_id = accepted_by_crisis(place)
    begin = reverse("referral_begin", args=[referral_id])
    seen = fields(priya.get(page_of(referral_id)), action=begin)
    refused = sent(amir, begin, {"seen": seen["seen"]})
    assert refused.status_code == 422
    assert "Only the team that holds this can do this; you are working for Front door." in text(refused)
    assert sent(priya, begin, seen).status_code == 302
    assert Referral.objects.get().state == "under_way"
    assert "Help under way" in text(priya.get(page_of(referral_id)))


def test_closing_needs_an_outcome_what_was_told_and_by_whom(priya, place):
    referral_id = accepted_by_crisis(place)
    close = reverse("referral_close", args=[referral_id])
    nothing = fill(priya, close, told="That we stop here.")
    assert nothing.status_code == 422
    assert "Choose how it ended" in text(nothing) and "Choose who tells them" in text(nothing)
    assert fields(nothing)["told"] == ["That we stop here."]
    untold = fill(priya, close, outcome="help_given", told_by="us", told="  \n")
    assert untold.status_code == 422 and "Say what the person was told." in text(untold)
    assert fill(priya, close, outcome="help_given", told="How to come back.", told_by="us").status_code == 302
    said = text(priya.get(page_of(referral_id)))
    assert "They were told (we told them): “How to come back.”" in said
    assert not Holding.objects.filter(until_at=None).exists()


def test_an_offer_that_waits_keeps_it_open(amir, place):
    offer = place.an_offer()
    referral_id = Referral.objects.get().id
    close = reverse("referral_close", args=[referral_id])
    page = amir.get(close)
    assert "It cannot be closed yet" in text(page)
    answer = sent(amir, close, fields(page), outcome="help_given", told="Gone.", told_by="us")
    assert answer.status_code == 409
    assert "Withdraw the offer first." in text(answer)
    assert fields(answer)["told"] == ["Gone."]
    assert offer


def test_closed_on_a_stale_page_says_who_and_keeps_what_was_written(priya, place):
    referral_id = accepted_by_crisis(place)
    close = reverse("referral_close", args=[referral_id])
    seen = fields(priya.get(close))
    lou = stories.browser(place.viewers["Lou of Crisis team"])
    fill(lou, close, outcome="help_given", told="Well again.", told_by="us")
    answer = sent(priya, close, seen, outcome="plan_agreed", told="A plan for Monday.", told_by="us")
    assert answer.status_code == 409
    said = text(answer)
    assert "Lou of Crisis team closed this referral" in said
    assert "What you had written – nothing has been lost A plan for Monday." in said


def test_a_closed_referral_is_reopened_with_a_reason_and_held_by_whoever_does(priya, amir, place):
    referral_id = accepted_by_crisis(place)
    fill(
        priya, reverse("referral_close", args=[referral_id]), outcome="help_given", told="Bye.", told_by="us"
    )
    reopen = reverse("referral_reopen", args=[referral_id])
    blank = fill(amir, reopen)
    assert blank.status_code == 422 and "Say why this is being reopened." in text(blank)
    seen = fields(amir.get(reopen))
    assert sent(amir, reopen, seen, why="Worse again.").status_code == 302
    said = text(amir.get(page_of(referral_id)))
    assert "Held now by Front door – Amir of Front door" in said
    again = sent(amir, reopen, seen, why="Worse again.")
    assert again.status_code in (302, 409, 422)
    assert Holding.objects.filter(until_at=None).count() == 1


def test_an_open_referral_cannot_be_reopened(amir, place):
    answer = fill(amir, reverse("referral_reopen", args=[place.a_referral()]), why="No reason")
    assert answer.status_code in (409, 422)
    assert "This referral is open; there is nothing to reopen." in text(answer)


def test_somebody_without_a_name_is_a_person_all_the_same(amir, place):
    contact_id, referral_id = place.a_contact()
    said = amir.get(page_of(referral_id))
    assert "Nobody has given a name." in text(said)
    assert reverse("contact_link", args=[contact_id]) in said.content.decode()


def test_a_referral_that_is_not_there_is_a_page_that_says_so(amir):
    for url in ("referral", "referral_close", "referral_reopen", "referral_take", "handover_new"):
        assert amir.get(reverse(url, args=[uuid4()])).status_code == 404
    assert amir.post(reverse("referral_take", args=[uuid4()])).status_code == 404
    assert amir.get("/referrals/rubbish").status_code == 404
    assert amir.get(reverse("promise_keep", args=[uuid4()])).status_code == 404
