"""What came of it, service by service: an agency reads of its own, commissioners of all; no small number."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.journeys import referrals, services
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.gaps import months
from nowrongdoor.reading import service_endings
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.gap_figures import Months
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
PAGE = "/gaps/services"


@pytest.fixture
def this_month(monkeypatch):
    """Up to tomorrow: what is read of otherwise ends last Sunday."""
    on = local_date(now())
    period = Months("now", "these days", on - timedelta(days=1), on + timedelta(days=2))
    monkeypatch.setattr(months, "asked", lambda request: period)
    return period


def closes(place, by, **outcomes):
    for outcome, many in outcomes.items():
        for _ in range(many):
            said = {"outcome": outcome, "told": "They know.", "told_by": "us", "by": by, "seen": 1}
            referrals.close(referral_id=place.a_referral(by=by), **said, at=place.later(seconds=1))


@pytest.fixture
def ended(place, this_month):
    """A crisis café of the health agency and the council's social care, each with some endings."""
    haven = Service(
        uuid4(), place.amir.agency_id, place.amir.team_id, "The Haven", "A crisis café", ("mental",), "", ""
    )
    services.enter(services=[haven], by=place.viewers["Lou of Front door"], at=place.later())
    closes(place, place.amir, cc_plan=6, died=1, advice=5)
    closes(place, place.sam, help_given=7)
    return haven


def test_an_agency_reads_of_its_own_services_and_a_commissioner_of_all(place, ended):
    own = text(stories.browser(place.viewers["Lou of Front door"]).get(PAGE))
    assert "The Haven" in own and "Went home with a plan 5" in own and "Adult social care" not in own
    assert "Of the services of Averley Mental Health." in own
    theirs = text(stories.browser(place.viewers["Lou of Social care"]).get(PAGE))
    assert "Adult social care" in theirs and "The Haven" not in theirs
    every = text(stories.as_role(place, "commissioner").get(PAGE))
    assert "The Haven" in every and "Adult social care" in every
    assert "Of every service in the directory." in every
    partner = text(stories.as_role(place, "voluntary_partner").get(PAGE))
    assert "Adult social care" in partner and "The Haven" not in partner
    assert not Look.objects.filter(page="service_endings").exists(), "it is about nobody"


def test_a_small_number_is_not_there_nor_one_from_which_it_follows(place, ended):
    page = text(stories.browser(place.viewers["Lou of Front door"]).get(PAGE))
    assert "died" not in page and "Advice was given" not in page and "All others 5" in page


def test_whoever_neither_leads_nor_plans_does_not_read_it(place, ended):
    assert stories.browser(place.amir).get(PAGE).status_code == 403
    assert stories.browser(place.sam).get(PAGE).status_code == 403


def test_no_other_time_than_a_whole_month_can_be_asked_for(place):
    lou = stories.browser(place.viewers["Lou of Front door"])
    assert lou.get(PAGE).status_code == 200
    assert lou.get(f"{PAGE}?month=2026-11-29").status_code == 404


def test_the_page_of_a_service_leads_there_for_its_own_agency_alone(place, ended):
    address = f"/options/{ended.id}"
    assert PAGE in stories.browser(place.viewers["Lou of Front door"]).get(address).content.decode()
    assert PAGE not in stories.browser(place.viewers["Lou of Social care"]).get(address).content.decode()
    assert PAGE not in stories.browser(place.amir).get(address).content.decode()


def test_it_takes_two_statements_however_much_ended(place, ended, this_month):
    for period in (this_month, Months("then", "then", this_month.since.replace(year=2020), this_month.since)):
        with CaptureQueriesContext(connection) as asked:
            service_endings.of(period, at=now())
        assert len(asked) == 2
