"""Overtaken by a colleague, told what they did, and sending the same form again: it goes through."""

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.people.models import Person
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.referrals.models import Referral
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def test_a_correction_made_on_an_older_record_can_be_sent_again(amir, place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    url = reverse("person_correct", args=[person_id])
    seen = fields(amir.get(url))
    fill(stories.browser(place.viewers["Lou of Front door"]), url, pronouns="she")
    overtaken = sent(amir, url, seen, know_first="Ring first")
    assert overtaken.status_code == 409
    assert sent(amir, url, fields(overtaken)).status_code == 302
    assert Person.objects.get(pk=person_id).know_first == "Ring first"


def test_a_referral_that_help_has_begun_for_meanwhile_can_be_closed(priya, place):
    referral_id = place.a_referral()
    stories.accepted(place, place.an_offer(referral_id=referral_id), by=place.priya)
    close = reverse("referral_close", args=[referral_id])
    seen = fields(priya.get(close))
    lou = stories.browser(place.viewers["Lou of Crisis team"])
    page, begin = reverse("referral", args=[referral_id]), reverse("referral_begin", args=[referral_id])
    assert fill(lou, page, action=begin).status_code == 302
    overtaken = sent(priya, close, seen, outcome="help_given", told="All done.", told_by="us")
    assert overtaken.status_code == 409
    assert sent(priya, close, fields(overtaken)).status_code == 302
    assert Referral.objects.get(pk=referral_id).state == "closed"


def test_a_contact_that_was_linked_meanwhile_can_be_closed(amir, place):
    from nowrongdoor.journeys import contacts

    contact_id, callback_id = stories.a_call_owed(place)
    fill(amir, reverse("promise_keep", args=[callback_id]), words="Rang.")
    close = reverse("contact_close", args=[contact_id])
    seen = fields(amir.get(close))
    lou, person_id = place.viewers["Lou of Front door"], stories.maryam(place)
    version = Contact.objects.get().version
    contacts.link(contact_id=contact_id, person_id=person_id, by=lou, at=place.later(), seen=version)
    overtaken = sent(amir, close, seen, outcome="advice_given")
    assert overtaken.status_code == 409
    assert sent(amir, close, fields(overtaken)).status_code == 302
    assert Contact.objects.get().state == "closed"


@pytest.fixture
def told_of(place):
    """A referral from a contact, and a way to link it to its person while somebody fills in a form."""
    from nowrongdoor.journeys import contacts

    contact_id, referral_id = place.a_contact()
    lou, person_id = place.viewers["Lou of Front door"], stories.maryam(place)

    def link():
        seen = Contact.objects.get(pk=contact_id).version
        contacts.link(contact_id=contact_id, person_id=person_id, by=lou, at=place.later(), seen=seen)

    return referral_id, link


def state_of(referral_id):
    return Referral.objects.get(pk=referral_id).state


def test_help_can_be_begun_once_it_is_known_whom_the_referral_is_about(priya, place, told_of):
    referral_id, link = told_of
    stories.accepted(place, place.an_offer(referral_id=referral_id), by=place.priya)
    page, begin = reverse("referral", args=[referral_id]), reverse("referral_begin", args=[referral_id])
    seen = fields(priya.get(page), action=begin)
    link()
    overtaken = sent(priya, begin, seen)
    assert overtaken.status_code == 409 and "recorded whom this is about" in text(overtaken)
    assert state_of(referral_id) == "accepted"
    assert sent(priya, begin, fields(overtaken, action=begin)).status_code == 302
    assert state_of(referral_id) == "under_way"


def test_what_a_colleague_took_by_name_meanwhile_can_still_be_taken(amir, place):
    referral_id = place.a_referral(by=place.viewers["Priya of Front door"])
    page, take = reverse("referral", args=[referral_id]), reverse("referral_take", args=[referral_id])
    seen = fields(amir.get(page), action=take)
    lou = stories.browser(place.viewers["Lou of Front door"])
    assert fill(lou, page, action=take).status_code == 302
    overtaken = sent(amir, take, seen)
    assert overtaken.status_code == 409 and "took this on by name" in text(overtaken)
    assert sent(amir, take, fields(overtaken, action=take)).status_code == 302
    assert Holding.objects.get(referral_id=referral_id).member_id == place.amir.member_id


def test_a_decision_is_made_once_it_is_known_whom_the_referral_is_about(amir, place, told_of):
    referral_id, link = told_of
    decide = reverse("triage_decide", args=[referral_id])
    seen = fields(amir.get(decide), form="decide")
    link()
    answers = {"decision": "accept", "urgency": "urgent", "needs": "mental", "why": "She has not slept."}
    overtaken = sent(amir, decide, seen, **answers)
    assert overtaken.status_code == 409 and state_of(referral_id) == "new"
    assert sent(amir, decide, fields(overtaken, form="decide")).status_code == 302
    assert state_of(referral_id) == "accepted"


def test_a_closed_referral_is_reopened_once_it_is_known_whom_it_is_about(priya, place, told_of):
    referral_id, link = told_of
    stories.accepted(place, place.an_offer(referral_id=referral_id), by=place.priya)
    close, reopen = (reverse(f"referral_{act}", args=[referral_id]) for act in ("close", "reopen"))
    fill(priya, close, outcome="help_given", told="All done.", told_by="us")
    seen = fields(priya.get(reopen))
    link()
    overtaken = sent(priya, reopen, seen, why="She rang again.")
    assert overtaken.status_code == 409 and state_of(referral_id) == "closed"
    assert sent(priya, reopen, fields(overtaken)).status_code == 302
    assert Referral.objects.get(pk=referral_id).reopening_words == "She rang again."


def test_an_offer_is_made_once_it_is_known_whom_the_referral_is_about(amir, place, told_of):
    referral_id, link = told_of
    offer = reverse("handover_new", args=[referral_id])
    seen = fields(amir.get(offer), form="offer")
    link()
    answers = {"to_team": str(place.teams["Crisis team"]), "ask": "See her tonight.",
               "sharing_basis": "consent"}  # fmt: skip
    overtaken = sent(amir, offer, seen, **answers)
    assert overtaken.status_code == 409 and not Handover.objects.exists()
    assert sent(amir, offer, fields(overtaken, form="offer")).status_code == 302
    assert Handover.objects.get().ask == "See her tonight."


@pytest.mark.parametrize(("act", "became"), [("keep", "kept"), ("let_go", "let_go")])
def test_a_call_back_ends_once_it_is_known_whom_it_is_owed_to(amir, place, act, became):
    from nowrongdoor.journeys import contacts

    contact_id, callback_id = stories.a_call_owed(place)
    url = reverse(f"promise_{act}", args=[callback_id])
    seen = fields(amir.get(url))
    lou, person_id = place.viewers["Lou of Front door"], stories.maryam(place)
    contacts.link(contact_id=contact_id, person_id=person_id, by=lou, at=place.later(), seen=1)
    overtaken = sent(amir, url, seen, words="Rang, all well.")
    assert overtaken.status_code == 409 and "recorded whom this is owed to" in text(overtaken)
    assert sent(amir, url, fields(overtaken)).status_code == 302
    assert Promise.objects.get(pk=callback_id).state == became


ANSWERS = {
    "accept": {"read_back": "We see her at ten."},
    "return": {"reason": "not_ours", "words": "She needs housing."},
    "withdraw": {"reason": "changed", "words": "Her daughter will stay."},
}


@pytest.mark.parametrize("mine", ANSWERS)
@pytest.mark.parametrize("theirs", ["accept", "withdraw"])
def test_an_offer_is_answered_once_and_whoever_sends_again_is_told_so_with_their_words_kept(
    place, mine, theirs
):
    """Nothing is left of it to answer: sent again, it is refused in words, and changes nothing."""
    referral_id = place.a_referral()
    handover_id = place.an_offer(referral_id=referral_id)
    giver, receiver = stories.browser(place.amir), stories.browser(place.priya)
    lous = {team: stories.browser(place.viewers[f"Lou of {team}"]) for team in ("Front door", "Crisis team")}
    client = giver if mine == "withdraw" else receiver
    rival = lous["Front door" if theirs == "withdraw" else "Crisis team"]
    page = reverse("handover" if mine == "accept" else f"handover_{mine}", args=[handover_id])
    goes = reverse(f"handover_{mine}", args=[handover_id])
    answers = ANSWERS[mine] | ({"next_team": str(place.teams["Social care"])} if mine == "return" else {})
    seen = fields(client.get(page))
    first = reverse("handover" if theirs == "accept" else f"handover_{theirs}", args=[handover_id])
    won = fill(rival, first, action=reverse(f"handover_{theirs}", args=[handover_id]), **ANSWERS[theirs])
    assert won.status_code == 302
    stands = Handover.objects.values().get()
    typed = answers.get("read_back") or answers["words"]
    overtaken = sent(client, goes, seen, **answers)
    assert overtaken.status_code == 409 and typed in text(overtaken)
    again = sent(client, goes, {**seen, **fields(overtaken)}, **answers)
    assert again.status_code in (409, 422) and typed in text(again)
    assert Handover.objects.values().get() == stands
