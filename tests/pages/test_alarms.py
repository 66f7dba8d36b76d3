"""What has gone wrong is raised by the rows themselves or by a person, and ends by a person's act alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import clocks, contacts, handovers, referrals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def swept(place):
    """Within the minute in which it was raised."""
    at = place.later()
    clocks.sweep(ours=at, by=NOBODY, at=at)


def rang(place, person_id):
    contacts.receive(
        contact_id=uuid4(), said=Said(channel="telephone", words="She is worse"), outcome="advice_given",
        callback_id=uuid4(), happened_at=place.at, person_id=person_id, by=place.amir, at=place.later(),
    )  # fmt: skip


def test_a_person_returned_twice_is_told_to_the_on_call_manager_at_once(place):
    offer_id = place.an_offer(referral_id=place.a_referral(person_id=stories.maryam(place)))
    for who, to in (("Priya of Crisis team", "Social care"), ("Priya of Social care", "Crisis team")):
        handovers.send_back(
            handover_id=offer_id, reason="not_ours", words="", next_team_id=place.teams[to],
            next_handover_id=(after := uuid4()), by=place.viewers[who], at=place.later(), seen=1,
        )  # fmt: skip
        offer_id = after
    (raised,) = store.find(PROMISES, kind="loop")
    assert raised.owner_team_id == place.teams["Front door"]
    swept(place)
    assert store.peek(CLOCKS, raised.id).rung == "on_call_manager"
    shown = text(stories.browser(place.viewers["Lou of Crisis team"]).get("/"))
    assert "Passed round in a loop" in shown
    lou = stories.browser(place.viewers["Lou of Front door"])
    story = text(lou.get(reverse("person_timeline", args=[raised.person_id])))
    assert "Escalated: passed round in a loop." in story
    assert "Escalated to the on-call manager: passed round in a loop." in story
    keep = reverse("promise_keep", args=[raised.id])
    assert fill(lou, keep, words="Crisis team takes her").status_code == 302
    assert not store.peek(CLOCKS, raised.id).is_running


def test_returned_once_on_each_of_two_referrals_is_told_once(place):
    person_id = stories.maryam(place)
    for times in range(3):
        offer_id = place.an_offer(referral_id=place.a_referral(person_id=person_id))
        handovers.send_back(
            handover_id=offer_id, reason="not_ours", words="", next_team_id=place.teams["Social care"],
            next_handover_id=uuid4(), by=place.priya, at=place.later(), seen=1,
        )  # fmt: skip
        assert len(store.find(PROMISES, kind="loop")) == (times >= 1)


def test_back_at_a_door_by_another_referral_of_theirs_is_told(place):
    person_id = stories.maryam(place)
    first, second = (place.an_offer(referral_id=place.a_referral(person_id=person_id)) for _ in range(2))
    stories.accepted(place, first, by=place.priya)
    assert store.find(PROMISES, kind="loop") == []
    held = store.peek(HANDOVERS, first).referral_id
    referrals.close(
        referral_id=held, outcome="help_given", told="That it is done.", told_by="us", by=place.priya,
        at=place.later(), seen=store.peek(REFERRALS, held).version,
    )  # fmt: skip
    stories.accepted(place, second, by=place.priya)
    (raised,) = store.find(PROMISES, kind="loop")
    assert raised.person_id == person_id and raised.referral_id != held


def test_whom_nobody_could_reach_three_times_is_told_as_lost_to_contact(place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    amir = stories.browser(place.amir)
    for times in range(1, 4):
        url = reverse("referral_care_contact", args=[referral_id])
        assert fill(amir, url, way="tried", words="No answer.").status_code == 302
        assert len(store.find(PROMISES, kind="lost_to_contact")) == (times >= 3)
    (raised,) = store.find(PROMISES, kind="lost_to_contact")
    clocks.sweep(ours=now(), by=NOBODY, at=now())
    assert store.peek(CLOCKS, raised.id).rung == "duty_lead"
    assert "and nobody reached them" in text(amir.get(reverse("referral", args=[referral_id])))


def test_three_contacts_in_a_day_raise_it_once_and_hide_none(place):
    person_id = stories.maryam(place)
    for times in range(1, 5):
        rang(place, person_id)
        assert len(store.find(PROMISES, kind="repeated_contact")) == (times >= 3)
    (raised,) = store.find(PROMISES, kind="repeated_contact")
    swept(place)
    assert store.peek(CLOCKS, raised.id).rung == "duty_lead"
    assert "Contact after contact about one person" in text(stories.browser(place.amir).get("/"))


def test_a_member_escalates_a_disagreement_and_whoever_is_on_call_hears(place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    amir = stories.browser(place.amir)
    url = reverse("referral_escalate", args=[referral_id])
    assert url in amir.get(reverse("referral", args=[referral_id])).content.decode()
    assert "Passed round" not in text(amir.get(url)), "rows say that by themselves"
    seen = fields(amir.get(url))
    said = {"kind": "disagreement", "words": "They say she must come to them; she cannot"}
    assert sent(amir, url, seen, **said | {"words": " "}).status_code == 422
    assert sent(amir, url, seen, **said).status_code == 302
    assert sent(amir, url, seen, **said).status_code == 302
    assert sent(amir, url, seen, **said | {"words": "Else"}).status_code == 409
    (raised,) = store.find(PROMISES, kind="disagreement")
    clocks.sweep(ours=now(), by=NOBODY, at=now())
    assert "Partners disagree" in text(stories.browser(place.viewers["Lou of Crisis team"]).get("/"))
    at = now() + timedelta(days=400)
    clocks.sweep(ours=at, by=NOBODY, at=at)
    assert store.peek(PROMISES, raised.id).state == "open"
