"""An offer that nobody answers: the giver rings, says so, and both sides read it; nothing else moves."""

import pytest
from django.urls import reverse

from nowrongdoor.data.handovers.models import Chase, Handover
from nowrongdoor.kernel.now import now
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
SAID = "Left word with the duty nurse; she rings back."


def page(handover_id):
    return reverse("handover", args=[handover_id])


def chase(handover_id):
    return reverse("handover_chase", args=[handover_id])


@pytest.fixture
def offer(place):
    return place.an_offer()


def test_the_giver_finds_withdraw_chase_and_the_number_with_the_name_of_the_team(amir, offer):
    answer = amir.get(page(offer))
    assert "Phone Crisis team now: 01632 960001" in text(answer)
    html = answer.content.decode()
    assert 'href="tel:01632960001"' in html
    assert chase(offer) in html and reverse("handover_withdraw", args=[offer]) in html


def test_both_sides_read_who_asked_when_and_how(amir, priya, offer):
    before = Handover.objects.values().get(pk=offer)
    assert fill(amir, chase(offer), how="phone", words=SAID).status_code == 302
    (row,) = Chase.objects.all()
    assert Handover.objects.values().get(pk=offer) == before, "nothing about the offer has moved"
    for browser in (amir, priya):
        said = text(browser.get(page(offer)))
        assert "by Amir of Front door by phone:" in said and SAID in said
    for browser in (amir, priya):
        assert "by Amir of Front door by phone" in text(browser.get("/"))
    assert (row.how, row.words) == ("phone", SAID)


def test_my_work_offers_to_ring_the_team_that_was_asked(amir, offer):
    answer = amir.get("/")
    assert "Phone Crisis team" in text(answer)
    assert 'href="tel:01632960001"' in answer.content.decode() and chase(offer) in answer.content.decode()


def test_the_story_of_the_person_tells_it(amir, place):
    person = stories.maryam(place)
    offer = place.an_offer(referral_id=place.a_referral(person_id=person))
    fill(amir, chase(offer), how="in_person", words=SAID)
    said = text(amir.get(reverse("person_timeline", args=[person])))
    assert "Asked after the offer, in person:" in said and SAID in said


def test_sent_twice_it_is_chased_once_and_changed_it_is_said(amir, offer):
    seen = fields(amir.get(chase(offer)))
    given = {"how": "phone", "words": SAID}
    assert [sent(amir, chase(offer), seen, **given).status_code for _ in range(2)] == [302, 302]
    answer = sent(amir, chase(offer), seen, **given | {"words": "They never rang back."})
    assert answer.status_code == 409 and "has not been saved" in text(answer)
    assert "They never rang back." in answer.content.decode()
    assert Chase.objects.count() == 1


def test_whoever_chases_what_was_just_accepted_is_told_who_accepted_and_keeps_their_words(amir, place, offer):
    seen = fields(amir.get(chase(offer)))
    place.at = now()
    stories.accepted(place, offer, by=place.priya)
    answer = sent(amir, chase(offer), seen, how="phone", words=SAID)
    assert answer.status_code == 409
    assert "Priya of Crisis team accepted this" in text(answer) and SAID in answer.content.decode()
    assert not Chase.objects.exists()


def test_chasing_never_stands_in_the_way_of_an_answer(amir, priya, offer):
    seen = fields(priya.get(page(offer)), form="accept")
    fill(amir, chase(offer), how="phone", words=SAID)
    answer = sent(priya, reverse("handover_accept", args=[offer]), seen, read_back="We ring her now.")
    assert answer.status_code == 302
    assert Handover.objects.get(pk=offer).state == "accepted"


@pytest.mark.parametrize("given", [{"how": "", "words": SAID}, {"how": "phone", "words": " \n"}])
def test_a_form_half_filled_in_says_what_is_missing_and_keeps_the_rest(amir, offer, given):
    answer = fill(amir, chase(offer), **given)
    assert answer.status_code == 422 and not Chase.objects.exists()
    assert given["words"].strip() in answer.content.decode()


def test_the_team_that_was_asked_cannot_chase_itself(priya, offer):
    assert chase(offer) not in priya.get(page(offer)).content.decode()
    answer = fill(priya, chase(offer), how="phone", words=SAID)
    assert answer.status_code == 422 and "Only the team that made the offer" in text(answer)
