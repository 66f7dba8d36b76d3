"""Reports of rapid response on a screen: what stands there, for whom, and what does not."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.console import demo_rapid
from nowrongdoor.console.real_place import RealPlace
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import crews, seals, triage, visits
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import rapid_reports, viewers
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.visit_record import Asked
from nowrongdoor.sim.place import found_place
from nowrongdoor.sim.streams import Streams
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
URL = "rapid_reports"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def lou(place):
    return stories.browser(place.viewers["Lou of Front door"])


def a_crew(place, at):
    seatings = (
        Seating(place.amir.member_id, "nurse", ("moving",)),
        Seating(place.viewers["Priya of Front door"].member_id, "support_worker"),
    )
    crews.put_on(
        crew_id=(key := uuid4()), name="Crew", base="averley_market", travel="car", device="", from_at=at,
        until_at=at + timedelta(hours=12), seatings=seatings, by=place.amir, at=at,
    )  # fmt: skip
    return key


def seen(place, crew_id, referral_id, **said):
    """Asked for, and they are with them four minutes after they set off; after two more they leave."""
    key, at = uuid4(), place.later()
    asked = Asked(**{"need": "Help them up.", "place": "1 Mill Lane", "area": "millbrook", **said})
    visits.ask(visit_id=key, referral_id=referral_id, asked=asked, by=place.amir, at=at)

    def go(do, **more):
        version = store.peek(VISITS, key).version
        do(visit_id=key, **more, by=place.amir, at=place.later(minutes=2), seen=version)

    go(visits.assign, crew_id=crew_id, leaves_at=place.at + MINUTE, words="They know each other.")
    for step in ("set_off", "arrive", "meet", "leave"):
        go(visits.go_on, step=step)
    go(visits.finish, outcome="seen", next_step="plan", words="We talked.")
    return key


@pytest.fixture
def a_visit(place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    crew_id = a_crew(place, place.later())
    seen(place, crew_id, referral_id, skills=("moving",), pair_rules=("moving_handling",))
    return referral_id


def of_lead(place, at):
    day = local_date(at)
    viewer = place.viewers["Lou of Front door"]
    return rapid_reports.told(
        since=day - timedelta(days=1), until=day + timedelta(days=2), viewer=viewer, at=at
    )


def test_a_visit_is_a_line_that_is_of_nobody(place, a_visit):
    (one,) = of_lead(place, now() + timedelta(hours=4))
    assert (one.state, one.outcome, one.is_first) == ("done", "seen", True)
    assert one.roles == ("nurse", "support_worker") and one.out_s == 360
    assert one.met_s < 0 < one.due_s and one.face_s is None, "nobody triaged them: no standard was named"


def test_a_lead_reads_the_numbers_of_their_agency_as_they_are_and_no_name(lou, place, a_visit):
    page = lou.get(reverse(URL))
    shown = text(page)
    assert page.status_code == 200 and "teams of your agency" in shown
    assert "With the person in time 1 100%" in shown and "Every visit 1 100%" in shown
    assert "A clinician and a support worker 1 0.1 0.1 0.0" in shown
    assert "cases that no standard of this was named for (1)" in shown
    assert "ALI" not in shown and "Amir of" not in shown and "Mill Lane" not in shown
    assert page.content.decode().count("<caption") == 4, "response times have no row yet: said in words"


def test_response_times_are_told_of_both_facts_with_their_standard(lou, place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    decision = Decision("very_urgent", ("mental",), "Alone tonight.")
    triage.accept_here(referral_id=referral_id, decision=decision, by=place.amir, at=place.later(), seen=1)
    seen(place, a_crew(place, place.later()), referral_id)
    shown = text(lou.get(reverse(URL)))
    assert "Very urgent: first contact with the person within 4 hours" in shown
    assert "Very urgent: seen face to face within 4 hours" in shown
    assert shown.count("1 1 100% 0") == 2


def test_no_hours_are_shown_of_a_role_in_which_few_people_go(lou, place, a_visit):
    assert "Nurse * * * *" in text(lou.get(reverse(URL))), "or the hours would be of one member of staff"


def test_the_same_file_and_who_may_not_read_it(lou, amir, place, a_visit):
    answer = lou.get(reverse("rapid_reports_export"))
    assert answer["Content-Disposition"] == 'attachment; filename="rapid-response.csv"'
    in_time = '"Visits in time, late, missed and stood down, by reason",With the person in time,Visits,1'
    assert in_time in answer.content.decode()
    assert amir.get(reverse(URL)).status_code == 403
    assert amir.get(reverse("rapid_reports_export")).status_code == 403
    assert reverse(URL) in lou.get(reverse("rapid")).content.decode()
    assert reverse(URL) in lou.get(reverse("our_team")).content.decode()
    assert reverse(URL) not in amir.get(reverse("rapid")).content.decode()


def test_days_that_cannot_be_are_refused_with_what_was_typed(lou, place, a_visit):
    asked = {"from_on_day": "31", "from_on_month": "2", "from_on_year": "2026"}
    for name in (URL, "rapid_reports_export"):
        page = lou.get(reverse(name), asked)
        assert page.status_code == 422 and "does not exist" in text(page)
        assert 'value="31"' in page.content.decode() and "Every visit" not in text(page)
    other = {"until_on_day": "1", "until_on_month": "1", "until_on_year": "0001"}
    assert lou.get(reverse(URL), other).status_code == 422


def test_days_without_a_visit_say_so(lou, place, a_visit):
    asked = {f"{name}_{part}": n for name in ("from_on", "until_on")
             for part, n in (("day", 1), ("month", 1), ("year", 2026))}  # fmt: skip
    assert "No visit was asked for in these days." in text(lou.get(reverse(URL), asked))


def test_nobody_who_is_restricted_is_in_a_number(place, a_visit):
    at = now() + timedelta(hours=4)
    assert of_lead(place, at)
    seals.put(
        seal_id=uuid4(), person_id=store.peek(REFERRALS, a_visit).person_id, referral_id=None,
        contact_id=None, why="in_danger", words="", by=place.amir, at=place.later(),
    )  # fmt: skip
    assert of_lead(place, at) == ()


def test_a_demonstration_has_weeks_to_report_and_no_small_number_for_whoever_may_not_see_people(db):
    until = now()
    streams = Streams(3)
    found_place(
        RealPlace(), ids=streams["ids"], names=streams["staff names"], at=until - timedelta(days=28)
    )
    demo_rapid.look_back(until=until)
    by_role = {(one.team_name, one.role): one for one in viewers.personas(at=until)}
    lead = by_role[demo_rapid.TEAM, "team_lead"]
    page = stories.browser(viewers.at_work(membership_id=lead.membership_id)).get(reverse(URL))
    shown = text(page)
    assert "With the person in time" in shown and "A clinician and a support worker 6 " in shown
    assert "Two-hour urgent community response: seen within 2 hours" in shown
    commissioner = next(one for (_, role), one in by_role.items() if role == "commissioner")
    viewer = viewers.at_work(membership_id=commissioner.membership_id)
    told = text(stories.browser(viewer).get(reverse(URL)))
    assert "the whole place, by whole weeks that are over" in told
    # How many weeks are over by now, and so whose few hours are few, depends on the day.
    assert re.search(r"Nurse \d+ \S+ \* \* |Therapist \* ", told), "nor of what so few visits asked for"
    rows = told.split("What is counted")[0].split("missed and stood down, by reason")[-1]
    assert "Missed: nobody was at home, or nobody answered * *" in rows
    assert "With the person in time 10 " in rows or "With the person in time 5 " in rows
