"""A short intervention on screens: begun by a visit, told near its limit, ended by what people do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.clocks.models import Clock
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.stages.models import Stage
from nowrongdoor.journeys import clocks, promises, referrals, services, statutory
from nowrongdoor.kernel import store
from nowrongdoor.reading import owed
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import text
from tests.pages.test_rapid_reports import a_crew, seen
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def visited(place):
    """Maryam, whom a crew of a team was with that answers within two hours."""
    of = (place.amir.agency_id, place.amir.team_id, "Two-hour response at home", "", ("physical",), "", "")
    rapid = Service(uuid4(), *of)
    services.enter(services=[rapid], by=place.viewers["Lou of Front door"], at=place.later())
    referral_id = place.a_referral(person_id=stories.maryam(place))
    seen(place, a_crew(place, place.later()), referral_id)
    return referral_id


def awaited(referral_id):
    return Stage.objects.get(referral_id=referral_id, kind="short_intervention")


def swept(at):
    clocks.sweep(ours=at, by=NOBODY, at=at)


def clock_of(referral_id):
    return Clock.objects.get(pk=awaited(referral_id).id)


def test_it_stands_on_the_referral_and_on_the_lists_of_whoever_holds_and_another_visit_changes_nothing(
    amir, place, visited
):
    one, clock = awaited(visited), clock_of(visited)
    assert one.due_at - one.started_at == timedelta(hours=72)
    assert clock.is_running and clock.team_id == place.amir.team_id
    assert "Short intervention handed over or planned" in text(amir.get(reverse("referral", args=[visited])))
    seen(place, a_crew(place, place.later(hours=13)), visited)
    assert awaited(visited).due_at == one.due_at


def test_near_its_limit_whoever_is_answerable_is_told_and_past_it_somebody_above_and_it_stays_open(
    amir, place, visited
):
    due = awaited(visited).due_at
    swept(due - timedelta(hours=17))
    assert clock_of(visited).rung == "practitioner"
    swept(due + timedelta(days=365))
    assert clock_of(visited).rung in ("on_call_manager", "executive")
    assert clock_of(visited).is_running and awaited(visited).reached_at is None
    assert store.peek(REFERRALS, visited).state != "closed"


def test_a_plan_with_a_review_ends_it(place, visited):
    statutory.begin(
        clock_id=uuid4(), referral_id=visited, kind="review", words="Somebody to cook with, twice a week.",
        started_at=None, by=place.amir, at=place.later(),
    )  # fmt: skip
    assert awaited(visited).how == "plan" and not clock_of(visited).is_running


def test_a_team_that_accepts_the_person_ends_it_and_an_offer_alone_does_not(place, visited):
    handover_id = stories.offered_again(
        place, visited, to="Crisis team", by=place.amir, seen=store.peek(REFERRALS, visited).version
    )
    assert clock_of(visited).is_running, "they still hold the person"
    stories.accepted(place, handover_id, by=place.priya)
    assert awaited(visited).how == "handed_over" and not clock_of(visited).is_running


def test_closing_the_referral_ends_it(place, visited):
    for one in (line.promise for line in owed.of_referral(visited)):
        if one.state == "open":
            promises.keep(
                promise_id=one.id, words="Done.", by=place.amir, at=place.later(), seen=one.version
            )
    referrals.close(
        referral_id=visited, outcome="help_given", told="We told her.", told_by="us", by=place.amir,
        at=place.later(), seen=store.peek(REFERRALS, visited).version,
    )  # fmt: skip
    assert not clock_of(visited).is_running


def test_a_visit_by_a_team_that_offers_nothing_with_a_limit_begins_none(place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    seen(place, a_crew(place, place.later()), referral_id)
    assert not Stage.objects.filter(referral_id=referral_id, kind="short_intervention").exists()
