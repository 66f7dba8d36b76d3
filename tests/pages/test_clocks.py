"""What is escalated stands first, with what to do about it; a reply says what is done and ends nothing."""

import re
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.urls import reverse

from nowrongdoor.console.sweeping import Sweeper
from nowrongdoor.data.clocks.facts import CLOCKS, REPLIES, SWEEPS
from nowrongdoor.journeys import clocks, contacts, handovers, promises, rota, seals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules import sweeping
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
QUIET = "No sweep has finished for 30 seconds"


@pytest.fixture
def late(place):
    """A call back that was due half an hour ago, about someone the front door holds; swept since."""
    person_id = stories.maryam(place)
    promise_id, made_at = uuid4(), now() - timedelta(minutes=45)
    promises.make(
        promise_id=promise_id, kind="callback", words="Ring her mum", due_at=made_at + timedelta(minutes=15),
        contact_id=None, referral_id=place.a_referral(person_id=person_id), person_id=person_id,
        by=place.amir, at=made_at,
    )  # fmt: skip
    swept()
    return promise_id


def swept():
    at = now()
    clocks.sweep(ours=at, by=NOBODY, at=at)
    clocks.finish_sweep(worker="here", looked=1, climbed=1, by=NOBODY, at=at)


def reply_url(key):
    return reverse("clock_reply", args=[key])


def test_what_is_escalated_comes_first_with_what_to_do_and_whom_it_was_told(late, amir, priya):
    for page in ("/", "/our-team", "/due"):
        shown = text(amir.get(page))
        assert "A call back nobody has made" in shown, page
        assert "so every lead of the agency hears): let them know, for nothing is sent" in shown, page
        assert "Ring her mum" in shown, page
        html = amir.get(page).content.decode()
        assert reply_url(late) in html and reverse("promise_keep", args=[late]) in html
    front = text(amir.get("/"))
    assert front.index("Escalated: reply, or do it") < front.index("Needs you now")
    assert "Ring her mum" not in text(priya.get("/"))
    team = text(amir.get("/our-team"))
    assert "2 escalated · 0 late besides" in team and "Nothing else this team owes is late." in team


def lines(page, key):
    """Which parts of My work have a line about this, each with the words of its acts."""
    found, part = {}, re.compile(r'<section class="nwd-part" id="([\w-]+)"(.*?)</section>', re.DOTALL)
    for name, markup in part.findall(page):
        for row in re.findall(r"<tr id=.*?</tr>", markup, re.DOTALL):
            if str(key) in row:
                acts = row.split('data-label="Act"')[1]
                found[name] = [one.strip() for one in re.findall(r"<a[^>]*>([^<]+)<", acts)]
    return found


def test_what_is_escalated_stands_once_with_all_that_can_be_done_about_it(late, place, amir, priya):
    offer, at = place.an_offer(), now() + timedelta(hours=3)
    page = amir.get("/").content.decode()
    assert lines(page, late) == {"escalated": ["Done", "Reply"]}
    clocks.sweep(ours=at, by=NOBODY, at=at)
    page = priya.get("/").content.decode()
    assert lines(page, offer) == {"escalated": ["Accept", "Return", "Reply"]}
    assert "From Front door, Amir of Front door" in text(priya.get("/"))
    assert "what does has been escalated, and stands above" in text(priya.get("/"))
    assert "1 needs you" in text(priya.get("/"))


def test_with_a_call_back_that_is_escalated_stands_the_number_to_ring(place, amir):
    place.at = now() - timedelta(minutes=45)
    _, call = stories.a_call_owed(place)
    swept()
    page = amir.get("/").content.decode()
    assert lines(page, call) == {"escalated": ["Done", "Reply"]} and "01632 960114" in text(amir.get("/"))


def test_a_part_that_cannot_be_read_takes_no_act_from_what_is_escalated(late, amir, monkeypatch):
    def fail(**_):
        raise DatabaseError("out of reach")

    monkeypatch.setattr("nowrongdoor.reading.my_work.needs_you", fail)
    page = amir.get("/").content.decode()
    assert lines(page, late) == {"escalated": ["Say it is done", "Reply"]}
    assert "This part could not be read just now" in page


def test_an_alarm_that_is_not_due_yet_stands_once(place, amir):
    referral_id, key, made_at = place.a_referral(), uuid4(), now() - timedelta(minutes=1)
    promises.make(
        promise_id=key, kind="disagreement", words="Two teams disagree", due_at=None, contact_id=None,
        referral_id=referral_id, person_id=None, by=place.amir, at=made_at,
    )  # fmt: skip
    assert "escalated" not in lines(amir.get("/").content.decode(), key)
    swept()
    assert list(lines(amir.get("/").content.decode(), key)) == ["escalated"]


def test_a_reply_says_what_is_done_and_the_call_is_still_owed(late, amir):
    answer = fill(amir, reply_url(late), decision="Lou rings now", told="She knows", dissent="Sam: too late")
    assert (answer.status_code, answer.url) == (302, "/")
    (said,) = store.find(REPLIES, clock_id=late)
    assert (said.decision, said.dissent, said.told) == ("Lou rings now", "Sam: too late", "She knows")
    shown = text(amir.get("/"))
    assert reply_url(late) not in amir.get("/").content.decode()
    assert "It is still owed" in shown and "Ring her mum" in shown
    assert store.peek(CLOCKS, late).is_running
    assert "Somebody has replied; looked at again" in text(amir.get("/due"))


def test_a_reply_without_words_keeps_what_was_typed(late, amir):
    answer = fill(amir, reply_url(late), decision="", told="She knows that we ring")
    assert answer.status_code == 422
    assert "She knows that we ring" in text(answer)
    assert store.find(REPLIES, clock_id=late) == []


def test_a_rest_that_is_too_long_is_said_at_its_box(late, amir):
    seen = fields(amir.get(reply_url(late)))
    tomorrow = (now() - timedelta(minutes=90)).strftime("%H:%M")
    answer = sent(amir, reply_url(late), seen, decision="Later", told="No", clock_time=tomorrow)
    assert answer.status_code == 422
    assert "too long to leave it" in text(answer)


def test_a_reply_sent_twice_is_one_and_whoever_is_second_is_told_who_was_first(late, amir, place):
    lou = stories.browser(place.viewers["Lou of Front door"])
    seen, hers = fields(amir.get(reply_url(late))), fields(lou.get(reply_url(late)))
    said = {"decision": "Lou rings now", "told": "She knows"}
    assert sent(amir, reply_url(late), seen, **said).status_code == 302
    assert sent(amir, reply_url(late), seen, **said).status_code == 302
    assert sent(amir, reply_url(late), seen, decision="Other", told="She knows").status_code == 409
    second = sent(lou, reply_url(late), hers, decision="I ring", told="No")
    assert second.status_code == 409
    assert "already replied" in text(second) and "I ring" in text(second)
    assert len(store.find(REPLIES, clock_id=late)) == 1


def test_a_clock_of_people_one_may_not_see_is_not_there(late, sam):
    assert sam.get(reply_url(late)).status_code == 404
    assert sam.get(reply_url(uuid4())).status_code == 404


def test_every_board_says_when_no_sweep_has_finished_and_offers_the_list(late, amir):
    pages = ("/", "/our-team", "/board")
    for page in pages:
        assert QUIET not in text(amir.get(page)), page
    (one,) = store.find(SWEEPS)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE clocks_sweep SET finished_at = finished_at - interval '31 seconds'")
    for page in pages:
        shown = amir.get(page)
        assert QUIET in text(shown), page
        assert reverse("due") in shown.content.decode(), page
    assert sweeping.has_gone_quiet(one.finished_at, at=one.finished_at + timedelta(seconds=31))
    assert not sweeping.has_gone_quiet(one.finished_at, at=one.finished_at + timedelta(seconds=30))


def test_the_list_to_print_needs_no_sweep(place, amir):
    place.a_referral(person_id=stories.maryam(place))
    shown = text(amir.get("/due"))
    assert "Nobody has decided, and whoever asked waits for an answer" in shown
    assert QUIET in shown


def test_the_story_tells_of_the_escalation_and_the_reply(late, amir):
    fill(amir, reply_url(late), decision="Lou rings now", told="She knows")
    person_id = store.peek(CLOCKS, late).person_id
    story = text(amir.get(reverse("person_timeline", args=[person_id])))
    assert "Escalated to the duty lead: a call back had not come in time." in story
    assert "Replied to the escalation" in story and "Lou rings now" in story


def test_a_worker_sweeps_by_the_clock_of_the_database_and_says_that_it_has(place):
    said = StringIO()
    call_command("sweep", stdout=said)
    assert "every clock whose time had come was looked at" in said.getvalue()
    (one,) = store.find(SWEEPS)
    assert one.worker and abs(one.finished_at - now()) < timedelta(seconds=30)


def test_a_worker_whose_clock_is_an_hour_wrong_sweeps_nothing_and_says_why(late):
    before, told = store.find(SWEEPS), []
    wrong = Sweeper(say=told.append, clock=lambda: now() + timedelta(hours=1))
    assert not wrong.try_round() and not wrong.try_round()
    assert len(told) == 1 and "differs by 3,600 seconds" in told[0]
    assert store.find(SWEEPS) == before


@pytest.mark.parametrize("what", ["offer_on", "deliver"])
def test_what_fails_beside_a_sweep_keeps_nobody_from_being_told(place, what, monkeypatch):
    place.an_offer()
    key = uuid4()
    promises.make(
        promise_id=key, kind="callback", words="Ring her", due_at=now() - timedelta(minutes=5),
        contact_id=None, referral_id=None, person_id=place.a_person(), by=place.amir,
        at=now() - timedelta(minutes=20),
    )  # fmt: skip

    def fails(**_):
        raise RuntimeError("Maryam Ali")

    monkeypatch.setattr(rota if what == "offer_on" else handovers, what, fails)
    told = []
    sweeper = Sweeper(say=told.append)
    sweeper.try_round(), sweeper.try_round()
    assert store.peek(CLOCKS, key).is_raised and store.find(SWEEPS)
    assert len(told) == 1 and "RuntimeError" in told[0] and "Maryam" not in told[0]


def test_the_board_shows_what_is_escalated_worst_first_and_names_nobody_on_a_wall(late, place, amir, sam):
    later, made_at = uuid4(), now() - timedelta(minutes=15)
    promises.make(
        promise_id=later, kind="callback", words="Ring him", due_at=made_at + timedelta(minutes=16),
        contact_id=None, referral_id=place.a_referral(person_id=place.a_person(given_names="Omar")),
        person_id=None, by=place.amir, at=made_at,
    )  # fmt: skip
    swept()
    page = amir.get("/board").content.decode()
    assert "Escalated in" in page
    assert page.index(f"climbed-{late}") < page.index(f"climbed-{later}"), "the higher rung stands first"
    assert reply_url(late) in page
    wall = amir.get("/board?wall=1").content.decode()
    assert f"climbed-{late}" in wall and reply_url(late) not in wall
    assert "A call back nobody has made" in text(amir.get("/board?wall=1"))
    assert str(late) not in sam.get("/board").content.decode(), "another agency is not told"


def test_a_rung_stands_where_it_stands_whichever_ladder_was_climbed(place, amir):
    manager, made_at = uuid4(), now() - timedelta(minutes=2)
    promises.make(
        promise_id=manager, kind="disagreement", words="Two teams disagree", due_at=None, contact_id=None,
        referral_id=None, person_id=place.a_person(given_names="Omar"), by=place.amir, at=made_at,
    )  # fmt: skip
    leads = [uuid4() for _ in range(6)]
    for number, key in enumerate(leads):
        promises.make(
            promise_id=key, kind="callback", words="Ring", due_at=now() - timedelta(minutes=5),
            contact_id=None, referral_id=None, person_id=place.a_person(family_name=f"Ellis{number}"),
            by=place.amir, at=now() - timedelta(minutes=20),
        )  # fmt: skip
    swept()
    assert store.peek(CLOCKS, manager).rung == "on_call_manager"
    assert {store.peek(CLOCKS, key).rung for key in leads} == {"duty_lead"}
    page = amir.get("/board").content.decode()
    shown = [key for key in leads if f"climbed-{key}" in page]
    assert len(shown) == 5 and f"climbed-{manager}" in page, "six are shown, and the manager's is one"
    assert page.index(f"climbed-{manager}") < min(page.index(f"climbed-{key}") for key in shown)


def test_a_seal_on_one_contact_hides_no_other_clock_of_that_person(place, priya):
    person_id, key = stories.maryam(place), uuid4()
    contact_id, _ = place.a_contact(referred=False)
    contacts.link(contact_id=contact_id, person_id=person_id, by=place.amir, at=place.later(), seen=1)
    promises.make(
        promise_id=key, kind="callback", words="Ring her", due_at=now() - timedelta(minutes=5),
        contact_id=None, referral_id=None, person_id=person_id, by=place.amir,
        at=now() - timedelta(minutes=20),
    )  # fmt: skip
    swept()
    assert f"climbed-{key}" in priya.get("/board").content.decode()
    seals.put(
        seal_id=uuid4(), person_id=None, referral_id=None, contact_id=contact_id, why="in_danger",
        words="Her brother looks for her", by=place.amir, at=now(),
    )  # fmt: skip
    assert f"climbed-{key}" in priya.get("/board").content.decode()


def test_what_is_sealed_is_escalated_on_no_board_but_to_those_who_take_part(late, place, amir, priya):
    (clock,) = store.find(CLOCKS, id=late)
    seals.put(
        seal_id=uuid4(), person_id=clock.person_id, referral_id=None, contact_id=None, why="in_danger",
        words="Her brother looks for her", by=place.amir, at=now(),
    )  # fmt: skip
    assert f"climbed-{late}" in amir.get("/board").content.decode()
    assert str(late) not in priya.get("/board").content.decode()


def test_on_a_narrow_screen_there_is_a_way_straight_to_what_is_escalated(late, amir, priya):
    assert 'href="#escalated"' in amir.get("/").content.decode()
    assert 'href="#escalated"' not in priya.get("/").content.decode()
