"""Signing in: one click in a demonstration, impossible anywhere else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from nowrongdoor.data.agencies.models import Membership
from nowrongdoor.kernel.now import now
from nowrongdoor.rules import law
from nowrongdoor.rules.agency import Membership as Joins
from tests.worlds import stories


@pytest.fixture
def demonstration(settings):
    settings.NWD_DEMO = True


def membership_of(viewer):
    return Membership.objects.get(member_id=viewer.member_id, team_id=viewer.team_id)


def test_a_demonstration_offers_a_chair_for_each_role_and_every_member_by_agency(place, demonstration):
    page = Client().get("/sign-in").content.decode()
    for viewer in place.viewers.values():
        assert viewer.member_name in page
    for role in ("Triage clinician", "Team member", "Team lead"):
        assert f"<strong>{role}</strong>" in page
    assert "Averley Council" in page and "Averley Mental Health" in page


def test_the_roles_that_can_be_offered_are_at_least_eight_and_each_says_what_it_does(place):
    from nowrongdoor.pages.sign_in.wording import DOES

    roles = {one.code for one in law.codes("roles", on=place.at.date())}
    assert len(roles) >= 8
    assert roles == set(DOES)


def test_one_click_signs_in_and_opens_my_work(place, demonstration):
    client = Client()
    answer = client.post("/sign-in", {"as": membership_of(place.amir).id}, follow=True)
    assert answer.redirect_chain[-1][0] == "/"
    assert "Amir of Front door" in answer.content.decode()


def test_signing_in_gives_the_browser_a_new_key_so_that_an_old_one_opens_nothing(place, demonstration):
    client = Client()
    client.post("/sign-in", {"as": membership_of(place.amir).id})
    before = client.cookies["sessionid"].value
    client.post("/sign-in", {"as": membership_of(place.priya).id})
    assert client.cookies["sessionid"].value != before
    old = Client()
    old.cookies["sessionid"] = before
    assert old.get("/").status_code == 303


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"])
def test_signing_in_never_leads_to_another_place(place, demonstration, back):
    answer = Client().post("/sign-in", {"as": membership_of(place.amir).id, "next": back})
    assert answer.url == "/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(place, demonstration):
    client = Client()
    asked = client.get("/board?need=mental")
    assert asked.status_code == 303
    page = client.get(asked.url).content.decode()
    assert 'value="/board?need=mental"' in page
    answer = client.post("/sign-in", {"as": membership_of(place.amir).id, "next": "/board?need=mental"})
    assert answer.url == "/board?need=mental"


def test_outside_a_demonstration_nobody_is_offered_and_no_persona_lets_anyone_in(place, settings):
    settings.NWD_DEMO = False
    client = Client()
    page = client.get("/sign-in").content.decode()
    assert "Name you sign in with" in page
    assert "Amir" not in page
    answer = client.post("/sign-in", {"as": membership_of(place.amir).id})
    assert answer.status_code == 404
    assert client.get("/").status_code == 303


def test_a_member_who_has_left_cannot_be_sat_in_for(place, demonstration):
    from nowrongdoor.journeys import agencies

    gone = membership_of(place.priya)
    agencies.leave(
        member_id=place.priya.member_id,
        words="Moved away",
        by=place.viewers["Lou of Front door"],
        at=place.later(),
    )
    assert Client().post("/sign-in", {"as": gone.id}).status_code == 404


@pytest.mark.parametrize("nobody", ["", "not-an-id", "00000000-0000-0000-0000-000000000000"])
def test_nobody_is_not_a_member(place, demonstration, nobody):
    assert Client().post("/sign-in", {"as": nobody}).status_code == 404


def test_a_member_who_leaves_is_out_at_the_next_page(place, priya):
    from nowrongdoor.journeys import agencies

    assert priya.get("/").status_code == 200
    agencies.leave(
        member_id=place.priya.member_id,
        words="Moved away",
        by=place.viewers["Lou of Front door"],
        at=place.later(),
    )
    assert priya.get("/").status_code == 303


def test_signing_out_ends_it_and_needs_a_press(place, amir):
    assert amir.get("/sign-out").status_code == 405
    assert amir.get("/").status_code == 200
    amir.post("/sign-out")
    assert amir.get("/").status_code == 303


def test_a_browser_nobody_has_used_for_half_an_hour_is_signed_out(place, settings):
    client = stories.browser(place.amir)
    session = client.session
    away = timedelta(seconds=settings.NWD_IDLE_SECONDS + 1)
    session["seen_at"] = (now() - away).isoformat()
    session.save()
    assert client.get("/").status_code == 303
    assert client.get("/").status_code == 303


def test_a_browser_in_use_stays_signed_in_and_is_written_at_most_once_a_minute(place, settings):
    client = stories.browser(place.amir)
    session = client.session
    earlier = now() - timedelta(seconds=settings.NWD_IDLE_SECONDS - 60)
    session["seen_at"] = earlier.isoformat()
    session.save()
    assert client.get("/").status_code == 200
    seen = client.session["seen_at"]
    assert seen > earlier.isoformat()
    client.get("/")
    assert client.session["seen_at"] == seen


def test_a_sign_in_ends_after_twelve_hours_however_much_it_is_used(place, demonstration, settings):
    client = Client()
    before = now()
    client.post("/sign-in", {"as": membership_of(place.amir).id})
    ends = client.session.get_expiry_date()
    assert timedelta(0) <= ends - before - timedelta(hours=12) < timedelta(minutes=1)
    session = client.session
    session["seen_at"] = earlier = (now() - timedelta(minutes=2)).isoformat()
    session.save()
    assert client.get("/").status_code == 200
    assert client.session["seen_at"] > earlier  # it was written again
    assert Session.objects.get(pk=client.session.session_key).expire_date == ends
    session = client.session
    session.set_expiry(now() - timedelta(seconds=1))
    session.save()
    assert client.get("/").status_code == 303


def test_going_on_for_another_team_does_not_begin_the_twelve_hours_again(place, demonstration):
    client = Client()
    client.post("/sign-in", {"as": membership_of(place.amir).id})
    session = client.session
    ends = now() + timedelta(hours=3)
    session.set_expiry(ends)
    session.save()
    before = client.session.session_key
    assert client.post("/team", {"as": membership_of(place.amir).id}).status_code == 302
    assert client.session.session_key != before
    assert client.session.get_expiry_date() == ends


def test_the_reloads_of_a_wall_are_no_sign_that_anyone_is_there(place, settings):
    client = stories.browser(place.amir)
    session = client.session
    away = (now() - timedelta(seconds=settings.NWD_IDLE_SECONDS + 1)).isoformat()
    session["seen_at"] = away
    session.save()
    assert client.get("/board?wall=1").status_code == 200
    assert client.session["seen_at"] == away
    assert client.get("/board").status_code == 303
    assert client.get("/board?wall=1").status_code == 303


def test_what_has_ended_is_removed_when_someone_signs_in(place, demonstration):
    ended, lasting = stories.browser(place.amir), stories.browser(place.priya)
    for client, ends in ((ended, -1), (lasting, 1)):
        session = client.session
        session.set_expiry(now() + timedelta(hours=ends))
        session.save()
    keys = [client.cookies["sessionid"].value for client in (ended, lasting)]
    Client().post("/sign-in", {"as": membership_of(place.sam).id})
    assert list(Session.objects.filter(pk__in=keys).values_list("pk", flat=True)) == keys[1:]


def test_a_member_of_two_teams_acts_for_one_at_a_time_and_never_for_a_third(place, amir):
    from nowrongdoor.journeys import agencies

    second = Joins(
        uuid4(), place.amir.member_id, place.teams["Crisis team"], "team_member", place.later(), None
    )
    agencies.enter(facts=[second], by=place.viewers["Lou of Front door"], at=place.later())
    page = amir.get(reverse("switch_team")).content.decode()
    assert "Crisis team" in page and "Social care" not in page
    assert amir.post("/team", {"as": membership_of(place.sam).id}).status_code == 404
    amir.post("/team", {"as": second.id})
    assert "Crisis team" in amir.get("/").content.decode().split("nwd-header__team")[1][:60]
