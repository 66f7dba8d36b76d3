"""How far a handover has come, step by step; and contacts with the person, which stop their own clocks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nowrongdoor.console.sweeping import Delivery
from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.stages.models import CareContact, Stage
from nowrongdoor.journeys import clocks, handovers
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk.wording import local_day, local_time
from nowrongdoor.rules.stage import key_of
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(place):
    return place.an_offer()


def page(offer):
    return reverse("handover", args=[offer])


def running(offer, kind):
    found = store.find(CLOCKS, id=key_of(offer, kind))
    return bool(found) and found[0].is_running


def accepted(place, offer):
    place.at = now() - timedelta(minutes=5)
    stories.accepted(place, offer, by=place.priya)
    return store.peek(HANDOVERS, offer).referral_id


def test_an_offer_is_sent_when_a_worker_finds_it_on_their_list_and_by_no_button(amir, offer):
    assert "Not on the list of Crisis team yet" in text(amir.get(page(offer)))
    assert running(offer, "sent")
    Delivery().round()
    shown = text(amir.get(page(offer)))
    assert "On the list of Crisis team" in shown and "Nobody of Crisis team has opened it yet" in shown
    assert not running(offer, "sent") and running(offer, "received")


def test_a_second_worker_delivers_nothing_twice(offer):
    Delivery().round()
    before = list(Stage.objects.order_by("pk").values())
    Delivery().round()
    assert list(Stage.objects.order_by("pk").values()) == before


def test_a_delivery_is_told_in_the_agency_that_was_asked(place, offer):
    Delivery().round()
    told = Entry.objects.filter(kind="stage.reached", subject_id=key_of(offer, "sent"))
    assert [one.agency_id for one in told] == [place.priya.agency_id]


def test_an_offer_that_cannot_be_delivered_keeps_no_other_from_it(place, offer, monkeypatch):
    other, deliver = place.an_offer(), handovers.deliver

    def fails(*, handover_id, **given):
        if handover_id == offer:
            raise RuntimeError("planted")
        deliver(handover_id=handover_id, **given)

    monkeypatch.setattr(handovers, "deliver", fails)
    with pytest.raises(RuntimeError):
        Delivery().round()
    assert running(offer, "sent") and not running(other, "sent")


def test_it_is_received_when_somebody_of_the_team_opens_it_and_that_is_no_answer(amir, priya, sam, offer):
    Delivery().round()
    amir.get(page(offer))
    assert running(offer, "received"), "the giver's own look receives nothing"
    assert "Opened by Priya" in text(priya.get(page(offer)))
    assert "Opened by Priya of" not in text(sam.get(page(offer)))
    assert not running(offer, "received") and running(offer, "answered")
    assert store.peek(HANDOVERS, offer).state == "offered"
    shown = text(amir.get(page(offer)))
    assert "That is not an answer" in shown and "holds until Crisis team accepts" in shown


def test_opened_again_it_is_still_opened_once(priya, offer):
    priya.get(page(offer))
    before = list(Stage.objects.order_by("pk").values())
    assert priya.get(page(offer)).status_code == 200
    assert list(Stage.objects.order_by("pk").values()) == before


def test_the_giver_is_told_of_each_edge_that_is_late(amir, offer):
    at = store.peek(HANDOVERS, offer).offered_at + timedelta(minutes=5)
    clocks.sweep(ours=at, by=NOBODY, at=at)
    assert "Your offer has not reached the team you asked" in text(amir.get("/due"))


def test_all_five_edges_stand_on_the_page_in_order(amir, priya, place, offer):
    Delivery().round()
    priya.get(page(offer))
    accepted(place, offer)
    shown = text(amir.get(page(offer)))
    names = ["Decided", "Sent", "Received", "Accepted", "First contact with the person"]
    places = [shown.index(name, shown.index("How far it has come")) for name in names]
    assert places == sorted(places)
    assert "Nobody has recorded one yet" in shown


def contact(referral_id):
    return reverse("referral_care_contact", args=[referral_id])


def test_a_call_stops_the_first_contact_and_begins_help_and_the_face_to_face_goes_on(priya, place, offer):
    referral_id = accepted(place, offer)
    assert fill(priya, contact(referral_id), way="telephone", words="She sleeps a little.").status_code == 302
    kinds = {one.kind for one in Stage.objects.filter(referral=referral_id, how="care_contact")}
    assert kinds == {"first_contact", "direct_contact"}
    shown = text(priya.get(reverse("referral", args=[referral_id])))
    assert "Help is under way" in shown and "She sleeps a little." in shown
    assert "First seen face to face" in shown
    awaited = Stage.objects.get(referral=referral_id, kind="face_to_face")
    assert store.peek(CLOCKS, awaited.pk).is_running


def test_a_yes_on_paper_and_the_call_after_it_are_keyed_in_after_an_outage(priya, amir, place, offer):
    """They said yes, and rang her; neither is lost because there was no screen."""
    agreed, rang = (now() - timedelta(minutes=minutes) for minutes in (40, 20))
    answer = fill(
        priya, reverse("handover_accept", args=[offer]), form="accept",
        read_back="We ring her.", happened_time=local_time(agreed),
    )  # fmt: skip
    assert answer.status_code == 302
    assert f"who said yes on paper at {local_time(agreed)}" in text(amir.get(page(offer)))
    referral_id = store.peek(HANDOVERS, offer).referral_id
    answer = fill(priya, contact(referral_id), way="telephone", happened_time=local_time(rang))
    assert answer.status_code == 302
    first = Stage.objects.get(referral=referral_id, kind="first_contact")
    assert first.reached_at is not None and first.reached_at < first.due_at
    # Who held her meanwhile stays as it was.
    assert store.peek(HANDOVERS, offer).answered_at > now() - timedelta(minutes=1)


def test_a_yes_on_paper_sent_twice_is_one_and_with_another_time_is_not_taken_for_it(priya, offer):
    url = reverse("handover_accept", args=[offer])
    seen = fields(priya.get(url), form="accept") | {"read_back": "We ring her."}
    then = {"happened_time": local_time(now() - timedelta(minutes=40))}
    assert [sent(priya, url, seen, **then).status_code for _ in range(2)] == [302, 302]
    for other in ({}, {"happened_time": local_time(now() - timedelta(minutes=20))}):
        refused = sent(priya, url, seen, **other)
        assert refused.status_code == 409 and "We ring her." in refused.content.decode()


def test_a_yes_that_lies_ahead_or_before_it_was_asked_for_is_refused_and_the_words_are_kept(priya, offer):
    ahead = now() + timedelta(minutes=2)
    day = {"happened_day_day": "1", "happened_day_month": "1", "happened_day_year": "2020"}
    for given, says in (
        ({"happened_time": local_time(ahead), **_day_of(ahead)}, "That lies ahead"),
        ({"happened_time": "10:00", **day}, "That is before this was asked for. Write when you said yes."),
        ({"happened_time": "half past"}, "Write the time like 15:30"),
    ):
        url = reverse("handover_accept", args=[offer])
        answer = fill(priya, url, form="accept", read_back="We ring her.", **given)
        assert answer.status_code == 422 and says in text(answer)
        assert "We ring her." in answer.content.decode()
        assert store.peek(HANDOVERS, offer).state == "offered"


def _day_of(at):
    day = local_day(at)
    return {"happened_day_day": day.day, "happened_day_month": day.month, "happened_day_year": day.year}


def test_to_have_tried_stops_no_clock(priya, place, offer):
    referral_id = accepted(place, offer)
    assert fill(priya, contact(referral_id), way="tried").status_code == 302
    assert CareContact.objects.get().way == "tried"
    assert not Stage.objects.filter(how="care_contact").exists()


def test_a_time_alone_is_the_last_time_a_clock_showed_it(priya, place, offer):
    referral_id = accepted(place, offer)
    soon = local_time(now() + timedelta(minutes=30))
    answer = fill(priya, contact(referral_id), way="telephone", happened_time=soon)
    assert answer.status_code == 422 and "before the referral was received" in text(answer)


def test_sent_twice_it_is_recorded_once(priya, place, offer):
    referral_id = accepted(place, offer)
    seen = fields(priya.get(contact(referral_id)))
    answers = [sent(priya, contact(referral_id), seen, way="telephone") for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert CareContact.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"way": ""}, "how you were in touch"),
        ({"way": "telephone", "happened_time": "half past"}, "Write the time like 15:30"),
        (
            {
                "way": "telephone", "happened_time": "10:00",
                "happened_day_day": "1", "happened_day_month": "1", "happened_day_year": "2020",
            },
            "before the referral was received",
        ),
    ],
)
def test_a_form_that_cannot_be_right_says_why_and_keeps_the_words(priya, place, offer, given, says):
    referral_id = accepted(place, offer)
    answer = fill(priya, contact(referral_id), words="She rang back.", **given)
    assert answer.status_code == 422 and says in text(answer)
    assert "She rang back." in answer.content.decode() and not CareContact.objects.exists()


def test_only_the_team_that_holds_records_it(amir, place, offer):
    referral_id = accepted(place, offer)
    assert "This is not yours to record" in text(amir.get(contact(referral_id)))
    answer = fill(amir, contact(referral_id), way="telephone")
    assert answer.status_code == 422 and "Only the team that holds this" in text(answer)


def test_the_story_of_the_person_tells_each_edge(amir, priya, place):
    person = stories.maryam(place)
    offer = place.an_offer(referral_id=place.a_referral(person_id=person))
    Delivery().round()
    priya.get(page(offer))
    fill(priya, contact(accepted(place, offer)), way="face_to_face", words="Saw her at home.")
    said = text(priya.get(reverse("person_timeline", args=[person])))
    assert "The offer reached the list of the team that was asked." in said
    assert "Opened the offer." in said
    assert "Was in touch – face to face" in said and "Saw her at home." in said
