"""A page that asks for itself again: the same page and rights, nothing that is for whoever comes to it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from nowrongdoor.kernel.now import now
from nowrongdoor.rules.law import seeing
from tests.worlds import stories

AGAIN, USED = {"HTTP_NWD_LIVE": "0"}, {"HTTP_NWD_LIVE": "1"}
STREAM = {"HTTP_ACCEPT": "text/event-stream"}
LIVE = ("/", "/triage", "/board", "/board/table")


def looks(member_id, page: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM access_log_look WHERE member_id = %s AND page = %s", [member_id, page]
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("path", "page"), [("/", "my_work"), ("/triage", "triage"), ("/board", "board")])
def test_who_stays_on_a_screen_is_one_look_and_who_comes_onto_it_is_another(place, amir, path, page):
    place.a_referral(person_id=stories.maryam(place))
    amir.get(path)
    assert (first := looks(place.amir.member_id, page)) > 0
    for _ in range(3):
        assert amir.get(path, **AGAIN).status_code == 200
    assert looks(place.amir.member_id, page) == first
    place.a_referral(person_id=place.a_person(family_name="Okoro", given_names="Ada"))
    amir.get(path, **AGAIN)
    assert looks(place.amir.member_id, page) == first + 1
    amir.get(path)
    assert looks(place.amir.member_id, page) == 2 * first + 2, "whoever comes to a page looks anew"


def test_a_look_does_not_go_on_for_ever(place, amir, monkeypatch):
    place.a_referral(person_id=stories.maryam(place))
    amir.get("/board")
    amir.get("/board", **AGAIN)
    assert looks(place.amir.member_id, "board") == 1
    assert timedelta(minutes=1) < seeing.lasts("same_look", at=now()) < timedelta(hours=1)
    monkeypatch.setattr(seeing, "lasts", lambda code, at: timedelta(0))
    amir.get("/board", **AGAIN)
    assert looks(place.amir.member_id, "board") == 2


def test_one_look_is_of_one_member_for_one_team_in_one_role(place, amir):
    place.a_referral(person_id=stories.maryam(place))
    amir.get("/board")
    colleague = place.viewers["Lou of Front door"]
    stories.browser(colleague).get("/board", **AGAIN)
    assert looks(colleague.member_id, "board") == 1, "nobody looks for another"


def test_a_page_that_asks_for_itself_leaves_the_note_for_whoever_comes(place, amir):
    session = amir.session
    session["note"] = ["Accepted", "The crisis team holds this person now."]
    session.save()
    assert "The crisis team holds this person now." not in amir.get("/", **AGAIN).content.decode()
    assert "The crisis team holds this person now." in amir.get("/").content.decode()


def away(client: Client, seconds: float) -> str:
    session = client.session
    session["seen_at"] = (now() - timedelta(seconds=seconds)).isoformat()
    session.save()
    return session["seen_at"]


def test_a_page_that_asks_for_itself_is_no_sign_that_anyone_is_there_unless_they_touched_it(place, amir):
    was = away(amir, 600)
    assert amir.get("/", **AGAIN).status_code == 200
    assert amir.session["seen_at"] == was
    assert amir.get("/", **USED).status_code == 200
    assert amir.session["seen_at"] > was


def test_whoever_is_away_too_long_is_told_so_in_a_sentence_and_a_wall_beside_goes_on(place, amir, settings):
    away(amir, settings.NWD_IDLE_SECONDS + 1)
    for asked in (AGAIN, USED):
        answer = amir.get("/", **asked)
        assert answer.status_code == 401
        assert "Signed out" in answer.content.decode() and "<html" not in answer.content.decode()
    assert amir.get("/live", **STREAM).status_code == 401
    assert amir.get("/board?wall=1", **AGAIN).status_code == 200
    assert amir.get("/").status_code == 303
    assert amir.get("/board?wall=1", **AGAIN).status_code == 401, "the session is over"


@pytest.mark.parametrize("path", LIVE)
def test_a_live_page_says_how_alive_it_is_outside_of_what_is_swapped(place, amir, path):
    page = amir.get(path).content.decode()
    state = page.index('role="status" data-of=')
    assert page.count("data-of=") == page.count("data-pause") == 1
    swapped = page.rindex("data-live", 0, state)
    assert "</" in page[swapped:state], "the part before it has ended"
    assert page.index("data-live", state) > page.index("</div>", state), "and none is round it"


@pytest.mark.parametrize("path", LIVE)
def test_each_part_that_is_swapped_has_a_name_of_its_own(place, amir, path):
    page = amir.get(path).content.decode()
    parts = re.findall(r"<\w+[^>]*\bdata-live\b[^>]*>", page)
    names = [re.search(r' id="([\w-]+)"', one)[1] for one in parts]
    assert len(names) == len(set(names)) > 2


def test_a_stream_is_for_boards_and_for_whoever_is_signed_in(place, amir):
    assert amir.get("/live").status_code == 406
    assert amir.get("/live", **STREAM).status_code == 406, "here is no server that could keep it open"
    assert Client().get("/live", **STREAM).status_code == 401
    assert amir.post("/live").status_code == 405


def test_beside_an_open_form_it_is_said_that_a_colleague_was_first(place, priya):
    handover_id = place.an_offer()
    path = f"/handovers/{handover_id}"
    assert "Answered meanwhile" not in priya.get(path, **AGAIN).content.decode()
    stories.accepted(place, handover_id, by=place.viewers["Lou of Crisis team"])
    assert "Answered meanwhile" in priya.get(path, **AGAIN).content.decode()
    assert "Answered meanwhile" not in priya.get(path).content.decode(), "no form was open there"


@pytest.mark.parametrize("path", (*LIVE, "/our-team", "/handovers/{}"))
def test_what_asks_again_gets_all_that_may_change_and_nothing_of_one_browser(place, amir, path):
    place.a_referral(person_id=stories.maryam(place))
    path = path.format(place.an_offer())
    whole, again = (amir.get(path, **how).content.decode() for how in ({}, AGAIN))
    parts = re.findall(r'<[a-z]+ [^>]*id="([^"]+)"[^>]* data-live', whole)
    assert len(parts) > 2 and parts == re.findall(r'<[a-z]+ [^>]*id="([^"]+)"[^>]* data-live', again)
    rows = re.compile(r'<tr id="[^"]+"|<article [^>]*id="[^"]+"')
    assert rows.findall(whole) == rows.findall(again)
    assert "csrfmiddlewaretoken" in whole
    assert "csrfmiddlewaretoken" not in again or path.startswith("/handovers"), "but for a form"
    assert "Printed by" in whole and "Printed by" not in again
