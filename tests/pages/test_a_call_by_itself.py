"""One call just to talk by itself, and the reply to a late one, which does not say whom it is about."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.clocks.facts import CLOCKS, REPLIES
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.promises.models import Talk
from nowrongdoor.journeys import agencies, clocks, promises, seals, services, talks
from nowrongdoor.kernel import store
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import talks as reading
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import fill, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
NETWORK = ("Ines", "voluntary_partner"), ("Otto", "voluntary_partner")
OFFICE = ("Lead", "team_lead"), ("Helper", "voluntary_partner")


@pytest.fixture
def kettle(place):
    """An agency with a team that rings just to talk and one with its lead: the viewers, by first name."""
    agency = Agency(uuid4(), "The Kettle", "voluntary", "England")
    teams = [
        Team(uuid4(), agency.id, name, "Ring", "01632 960009", True, SINCE, None, None)
        for name in ("Good Company", "The Kettle office")
    ]
    people, works, viewers = [], [], {}
    for team, members in zip(teams, (NETWORK, OFFICE), strict=True):
        for name, role in members:
            member = Member(uuid4(), f"{name} of the Kettle", "Volunteer")
            people.append(member)
            works.append(Membership(uuid4(), member.id, team.id, role, SINCE, None))
            viewers[name] = replace(
                place.amir, member_id=member.id, member_name=member.name, role=role, team_id=team.id,
                team_name=team.name, agency_id=agency.id, agency_name=agency.name,
            )  # fmt: skip
    by = place.viewers["Lou of Front door"]
    agencies.enter(facts=[agency, *teams, *people, *works], by=by, at=SINCE)
    ear = Service(uuid4(), agency.id, teams[0].id, "Listening Ear", "A call", ("just_to_talk",), "", "")
    services.enter(services=[ear], by=by, at=now())
    viewers["ear"] = ear
    return viewers


@pytest.fixture
def late(place, kettle):
    """A call to Maryam that nobody made in time, and that has climbed."""
    person_id, promise_id, at = stories.maryam(place), uuid4(), now() - timedelta(hours=2)
    talks.ask(
        talk_id=uuid4(), promise_id=promise_id, service_id=kettle["ear"].id,
        contact_id=None, referral_id=None, person_id=person_id, ask_for="Maryam", number="01632 960111",
        safe_to_call="yes", agreed=True, suits_from=None, suits_until=at + timedelta(minutes=30),
        words="The cat, mostly.", by=place.amir, at=at,
    )  # fmt: skip
    at = now()
    clocks.sweep(ours=at, by=NOBODY, at=at)
    assert store.peek(CLOCKS, promise_id).is_raised
    return promise_id


def call_of(promise_id):
    return reverse("talk", args=[promise_id])


def reply_of(promise_id):
    return reverse("call_reply", args=[promise_id])


def test_a_late_clock_leads_to_that_call_alone(place, kettle, late):
    ines = stories.browser(kettle["Ines"])
    for page in ("/", "/due", "/our-team"):
        html = ines.get(page).content.decode()
        assert f'"{call_of(late)}"' in html and "Maryam" not in html, page
    page = ines.get(call_of(late))
    shown = text(page)
    assert "Maryam" in shown and "The cat, mostly." in shown and "960111" not in shown
    (look,) = Look.objects.filter(page="talk")
    assert (look.member_name, tuple(look.elements)) == ("Ines of the Kettle", ("identity", "story"))
    talk = Talk.objects.get()
    taken = ines.post(reverse("talk_take", args=[talk.id]), {"seen": 1})
    assert taken.status_code == 302 and taken.url == call_of(late)
    assert "960111" in text(ines.get(call_of(late)))
    assert "960111" not in text(stories.browser(kettle["Otto"]).get(call_of(late)))


def test_whoever_may_not_read_the_call_finds_what_is_not_there(place, kettle, late):
    for viewer in (place.amir, place.priya, place.sam, kettle["Lead"], kettle["Helper"]):
        browser = stories.browser(viewer)
        assert browser.get(call_of(late)).status_code == 404
        assert browser.get(call_of(late)).content.count(b"Maryam") == 0
        assert browser.get(call_of(uuid4())).status_code == 404
    assert not Look.objects.filter(page="talk").exists()


def test_no_other_promise_is_read_as_a_call(place, kettle):
    promise_id = uuid4()
    promises.make(
        promise_id=promise_id, kind="callback", words="Ring her", due_at=None, contact_id=None,
        referral_id=None, person_id=stories.maryam(place), by=place.amir, at=place.later(),
    )  # fmt: skip
    amir = stories.browser(place.amir)
    assert amir.get(call_of(promise_id)).status_code == 404
    assert amir.get(reply_of(promise_id)).status_code == 404, "it has a reply of its own"


def test_of_somebody_sealed_since_it_keeps_name_words_and_number(place, kettle, late):
    person_id = store.peek(PROMISES, late).person_id
    place.a_referral(person_id=person_id)
    seals.put(
        seal_id=uuid4(), person_id=person_id, referral_id=None, contact_id=None, why="asked", words="",
        by=place.amir, at=place.later(),
    )  # fmt: skip
    page = text(stories.browser(kettle["Ines"]).get(call_of(late)))
    assert "kept back" in page
    assert not any(told in page for told in ("Maryam", "960111", "The cat"))


def test_a_call_that_is_over_says_so_without_its_words_and_as_long_as_the_list_does(
    place, kettle, late, monkeypatch
):
    talk = Talk.objects.get()
    talks.tell(
        talk_id=talk.id, came_of="talked", next_id=uuid4(), next_promise_id=uuid4(), next_at=None,
        by=kettle["Ines"], at=now(), seen=1,
    )  # fmt: skip
    ines = stories.browser(kettle["Ines"])
    page = text(ines.get(call_of(late)))
    assert "This call is over" in page and "We talked" in page and "The cat" not in page
    monkeypatch.setattr(reading, "BACK", timedelta(0))
    assert ines.get(call_of(late)).status_code == 404


def test_a_lead_of_the_network_replies_without_being_told_whom_it_is_about(place, kettle, late):
    lead = stories.browser(kettle["Lead"])
    work = lead.get("/").content.decode()
    assert reply_of(late) in work and f'"{call_of(late)}"' not in work and "Maryam" not in work
    page = lead.get(reply_of(late))
    assert page.status_code == 200
    shown = text(page)
    assert not any(told in shown for told in ("Maryam", "960111", "The cat", "See what it is about"))
    empty = fill(lead, reply_of(late), decision="", told="Not yet")
    assert empty.status_code == 422 and "Not yet" in empty.content.decode()
    answer = fill(lead, reply_of(late), decision="Otto rings at six.", told="She knows.")
    assert answer.status_code == 302
    (said,) = store.find(REPLIES, clock_id=late)
    assert (said.decision, said.person_id, said.replied_by_id) == (
        "Otto rings at six.", None, kettle["Lead"].member_id
    )  # fmt: skip
    assert store.peek(CLOCKS, late).is_running and not store.peek(CLOCKS, late).is_raised
    assert not Look.objects.filter(member_id=kettle["Lead"].member_id).exists(), "nobody was looked at"


def test_whoever_rings_replies_and_goes_to_the_call_from_there(place, kettle, late):
    ines = stories.browser(kettle["Ines"])
    assert reply_of(late) in ines.get("/").content.decode()
    page = ines.get(reply_of(late))
    assert f'"{call_of(late)}"' in page.content.decode() and "Maryam" not in text(page)
    assert fill(ines, reply_of(late), decision="I ring now.", told="Not yet").status_code == 302


def test_nobody_else_replies_and_hidden_and_missing_answer_alike(place, kettle, late):
    lead_elsewhere = place.viewers["Lou of Crisis team"]
    for viewer in (place.amir, lead_elsewhere, kettle["Helper"]):
        browser = stories.browser(viewer)
        for key in (late, uuid4()):
            assert browser.get(reply_of(key)).status_code == 404
            assert browser.post(reply_of(key), {"decision": "Mine.", "told": "No."}).status_code == 404
    given = {"step": store.peek(CLOCKS, late).step, "decision": "Mine.", "dissent": "", "told": "No."}
    with pytest.raises(Refused):
        clocks.reply(
            clock_id=late, reply_id=uuid4(), rests_until=None, by=kettle["Helper"], at=now(), **given
        )
    assert not store.find(REPLIES, clock_id=late)
