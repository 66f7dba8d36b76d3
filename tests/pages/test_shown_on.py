"""Screens that are made together: each is what its own page is, no wider, and on record before it is sent."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import agencies, openings, seals
from nowrongdoor.kernel.live import parts
from nowrongdoor.kernel.live.hub import Ear
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.sealing import Against
from nowrongdoor.site import doors, shows
from tests.worlds import stories

AGAIN = {"HTTP_NWD_LIVE": "0"}
PAGES = (
    "/", "/triage", "/triage?queue=mine", "/board", "/board?wall=1", "/board/table", "/our-team", "/rapid",
    "/rapid?wall=1",
)  # fmt: skip
STUB = re.compile(r'<(tr|article|li) id="([^"]+)" data-same></\1>')


@pytest.fixture
def at(monkeypatch):
    """One instant for a page and for screens that are made: what they say of time is then the same."""
    instant = now()
    monkeypatch.setattr(doors, "now", lambda: instant)
    return instant


def seats(place, *, agency_id=None):
    """A browser of each member, by their names; of one agency, if it is named."""
    found = {name: one for name, one in place.viewers.items() if agency_id in (None, one.agency_id)}
    return {name: (one, stories.browser(one)) for name, one in found.items()}


def shown_to(seated, path):
    found = {}
    for name, (viewer, client) in seated.items():
        one = shows.show(Ear(viewer.team_id, client.session.session_key), path)
        assert one is not None
        found[name] = one
    return found


def made(place, every, at):
    """As the rounds make them: agency by agency."""
    found = {}
    for agency_id in {one.agency_id for one in place.viewers.values()}:
        due = [one for name, one in every.items() if place.viewers[name].agency_id == agency_id]
        found |= shows.make(due, agency_id=agency_id, at=at)
    return {name: found[one] for name, one in every.items() if one in found}


def looks(member_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_log_look WHERE member_id = %s", [member_id])
        return cursor.fetchone()[0]


def a_busy_place(place):
    """Somebody of everything: held by name and by nobody, offered, returned, owed, sealed from others."""
    place.a_referral(person_id=place.a_person(family_name="Okoro", given_names="Ada"))
    place.a_referral(person_id=stories.maryam(place))
    stories.accepted(place, place.an_offer(), by=place.priya)
    place.an_offer()
    place.an_offer(to="Social care")
    stories.a_call_owed(place)
    secret = place.a_referral(person_id=place.a_person(family_name="Kept", given_names="Safe"))
    about = {"person_id": None, "referral_id": secret, "contact_id": None}
    seals.put(seal_id=uuid4(), **about, why="in_danger", words="", by=place.amir, at=place.later())
    return secret


@pytest.mark.parametrize("path", PAGES)
def test_what_is_made_together_is_to_the_letter_what_each_would_have_been_given_alone(place, at, path):
    a_busy_place(place)
    seated = seats(place)
    together = made(place, shown_to(seated, path), at)
    for name, (_, client) in seated.items():
        answer = client.get(path, **AGAIN)
        if answer.status_code != 200:
            assert name not in together, "whose role may not open the page is shown nothing of it"
            continue
        alone = parts.of(answer.content.decode())
        shown = {key: part.text.strip() for key, part in together[name].parts.items()}
        assert {key: alone[key] for key in shown} == shown
        assert set(alone) - set(shown) <= {"live-clocks"}


@pytest.mark.parametrize("path", ["/board", "/board/table"])
def test_who_is_sealed_is_shown_to_whoever_takes_part_and_to_no_colleague_beside_them(place, at, path):
    secret = str(a_busy_place(place))
    together = made(place, shown_to(seats(place), path), at)

    def shows_it(name):
        return any(secret in part.text for part in together[name].parts.values())

    assert shows_it("Amir of Front door")
    assert not shows_it("Priya of Crisis team") and not shows_it("Lou of Social care")


def a_colleague(place, like, name):
    """Another member in the same team and role."""
    member = Member(uuid4(), name, "Colleague")
    works = Membership(uuid4(), member.id, like.team_id, like.role, place.at, None)
    agencies.enter(facts=[member, works], by=place.viewers["Lou of Front door"], at=place.later())
    place.viewers[name] = replace(like, member_id=member.id, member_name=name)
    return place.viewers[name]


def test_what_is_one_members_own_is_on_their_board_and_on_no_colleagues_beside_them(place, at):
    """Of two in the same team and role one broke the glass, and from one somebody is kept safe by name."""
    sealed = str(a_busy_place(place))
    person = Referral.objects.get(pk=sealed).person_id
    opened = {"opening_id": uuid4(), "review_id": uuid4(), "person_id": person, "reason": "danger_now"}
    openings.break_glass(**opened, words="She rang from a bridge.", by=place.priya, at=place.later())
    nina = a_colleague(place, place.viewers["Lou of Crisis team"], "Nina of Crisis team")
    a_colleague(place, place.priya, "Vera of Crisis team")
    safe = place.a_referral(person_id=place.a_person(family_name="Said"))
    about = {"person_id": None, "referral_id": safe, "contact_id": None}
    against = Against(None, nina.member_id)
    seals.put(
        seal_id=uuid4(), **about, why="in_danger", words="", against=against, by=place.amir, at=place.later()
    )
    seated = seats(place)
    together = made(place, shown_to(seated, "/board"), at)
    for name, (_, client) in seated.items():
        alone = parts.of(client.get("/board", **AGAIN).content.decode())
        assert {key: part.text.strip() for key, part in together[name].parts.items()}.items() <= alone.items()

    def shows(key):
        return {name for name in seated if key in together[name].parts["board"].text}

    assert {"Priya of Crisis team"} == shows(sealed) & {"Priya of Crisis team", "Vera of Crisis team"}
    assert {"Lou of Crisis team"} == shows(str(safe)) & {"Lou of Crisis team", "Nina of Crisis team"}


def test_a_board_more_asks_nothing_more_of_the_database(place, at):
    a_busy_place(place)
    every = {"Priya of Crisis team": place.priya}
    for number in range(3):
        every[f"Vera {number}"] = a_colleague(place, place.priya, f"Vera {number}")
    seated = {name: (one, stories.browser(one)) for name, one in every.items()}
    counts = []
    for few in (1, len(seated)):
        shown = shown_to(dict(list(seated.items())[:few]), "/board")
        with CaptureQueriesContext(connection) as asked:
            assert len(made(place, shown, at)) == few
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 11


def test_what_is_told_makes_of_the_screen_before_the_screen_of_now(place, at):
    place.a_referral(person_id=stories.maryam(place))
    every = shown_to(seats(place, agency_id=place.amir.agency_id), "/")
    for name, one in made(place, every, at).items():
        every[name].is_told(one)
    before = every["Amir of Front door"].has
    place.an_offer()
    now_so = made(place, every, at)["Amir of Front door"]
    told = parts.changes(now_so.parts, before)
    rows = {key: row for part in before.values() for key, row in part.rows.items()}
    rebuilt = {key: STUB.sub(lambda one: rows[one[2]], text) for key, text in told.items()}
    assert rebuilt == {key: now_so.parts[key].text for key in told}
    assert "given" in told and "today" not in told, "what did not change is not told"
    assert "ALI, Maryam" in now_so.parts["mine"].text and "ALI, Maryam" not in told["mine"], "nor its rows"
    before["given"] = now_so.parts["given"]
    assert "given" not in parts.changes(now_so.parts, before)


def test_everyone_to_whom_somebody_is_shown_is_on_record_once_and_who_comes_onto_it_too(place, at):
    place.a_referral(person_id=stories.maryam(place))
    every = shown_to(seats(place, agency_id=place.amir.agency_id), "/")

    def shown(when):
        for name, one in made(place, every, when).items():
            every[name].is_told(one)

    amir, lou = place.amir.member_id, place.viewers["Lou of Front door"].member_id
    shown(at)
    assert (looks(amir), looks(lou)) == (1, 1)
    shown(at)
    place.a_referral(person_id=place.a_person(family_name="Okoro", given_names="Ada"))
    shown(at)
    assert (looks(amir), looks(lou)) == (2, 2)
    assert looks(place.priya.member_id) == 0, "the crisis team has no part in either"
    shown(at + seeing.lasts("same_look", at=at) + timedelta(seconds=1))
    assert (looks(amir), looks(lou)) == (4, 4), "after a while a look is another"


def test_what_cannot_be_recorded_is_not_made(place, at, monkeypatch):
    place.a_referral(person_id=stories.maryam(place))
    every = shown_to(seats(place, agency_id=place.amir.agency_id), "/")

    def fails(*_, **__):
        raise OSError

    monkeypatch.setattr(shows.looking, "record_of_many", fails)
    with pytest.raises(OSError):
        made(place, every, at)


def test_nobody_is_shown_anything_who_signed_out_left_or_was_away_too_long(place, at, settings):
    every = shown_to(seated := seats(place, agency_id=place.amir.agency_id), "/")
    assert len(made(place, every, at)) == len(every) == 6
    agencies.leave(
        member_id=place.priya.member_id, words="", by=place.viewers["Lou of Crisis team"], at=place.later()
    )
    seated["Priya of Front door"][1].session.flush()
    away = seated["Lou of Front door"][1].session
    away["seen_at"] = (at - timedelta(seconds=settings.NWD_IDLE_SECONDS + 1)).isoformat()
    away.save()
    every["Amir of Crisis team"].ear.team_id = place.amir.team_id
    assert set(made(place, every, at)) == {"Amir of Front door", "Lou of Crisis team"}


def test_a_team_asks_no_more_of_the_database_than_one_of_it_does(place, at):
    a_busy_place(place)
    seated = seats(place, agency_id=place.amir.agency_id)
    front = {name: one for name, one in seated.items() if "Front door" in name}
    counts = []
    for few in (1, len(front)):
        every = shown_to(dict(list(front.items())[:few]), "/")
        with CaptureQueriesContext(connection) as asked:
            assert len(made(place, every, at)) == few
        counts.append(len(asked))
    assert counts[1] == counts[0] + 1 <= 10, "one more, for a lead hears of what other teams escalated"


def test_only_pages_that_are_live_are_shown_on_and_on():
    ear = Ear(uuid4(), "no session")
    for path in ("/people", "/no-such-page", "/handovers/new", f"/{'x' * 600}", "//[", ""):
        assert shows.show(ear, path) is None
