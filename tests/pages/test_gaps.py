"""The gap ledger: what a call handler could not find is counted, without anybody, for whoever plans."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.services.models import Sitting
from nowrongdoor.journeys import gaps as ledger
from nowrongdoor.journeys import handovers, services
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.gaps import wording
from nowrongdoor.reading import gap_ledger
from nowrongdoor.rules import gap_figures
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.gaps import Sitting as Kept
from nowrongdoor.sim import entries
from tests.pages.sending import fields, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(place):
    at = now()
    listed = entries.outside(of=place.amir.agency_id, on=local_date(at))
    services.enter(services=listed, by=replace(place.amir, role="team_lead"), at=at)
    return {one.name: one for one in listed}


def searched(browser, form=None, **asked):
    """The form that comes with the answer: whoever refines sends that one."""
    answer = browser.post("/options", {"sitting": str(uuid4()), **(form or {}), **asked})
    assert answer.status_code == 200
    return fields(answer, form="options")


def test_what_could_not_be_met_is_counted_once_however_often_it_is_refined(county, amir):
    told = Entry.objects.count()
    form = searched(amir, needs=["equipment"], age="16")
    form = searched(amir, {"sitting": form["sitting"]}, needs=["equipment"], age="17", postcode="ZZ1 4AB")
    searched(amir, {"sitting": form["sitting"]}, needs=["equipment"])
    (kept,) = Sitting.objects.all()
    assert (kept.unmet, kept.why, kept.age, kept.district) == (["equipment"], "nothing", "17", "ZZ1")
    assert Entry.objects.count() == told, "the journal would say who asked, and when"


def test_somebody_else_at_the_same_form_is_counted_too_and_the_form_goes_on_with_them(county, amir):
    form = searched(amir, needs=["equipment"])
    other = searched(amir, {"sitting": form["sitting"]}, needs=["just_to_talk"])
    assert other["sitting"] != form["sitting"]
    searched(amir, {"sitting": other["sitting"]}, needs=["just_to_talk"], age="16")
    assert sorted(Sitting.objects.values_list("why", flat=True)) == ["", "nothing"]


def test_a_search_that_cannot_be_counted_is_answered_all_the_same(county, amir, monkeypatch):
    from nowrongdoor.pages.options import views
    from nowrongdoor.rules.change import Refused

    def busy(**_):
        raise Refused("Others are changing this at the moment.", code="held_by_others")

    monkeypatch.setattr(views.ledger, "count", busy)
    assert "Someone to ask, whatever is found" in text(amir.post("/options", {"needs": ["mental"]}))


def last_month(place, many, **told):
    """Searches of the last month that may be read of, as the ledger keeps them."""
    month = gap_figures.months(at=now())[0]
    kept = {
        "needs": ("mental",), "unmet": ("mental",), "age": "17", "district": "ZZ1", "why": "age", "hour": 21,
        "asked_on": month.since, "said": 1, "by_one": {"age": 2}, "near": {}, **told,
    }  # fmt: skip
    for _ in range(many):
        found = Kept(id=uuid4(), **kept)
        ledger.count(found=found, next_key=uuid4(), by=place.amir, at=now())
    return month


def test_leads_read_what_could_not_be_met_as_tables_and_as_a_file(place, county):
    service = str(county["Young People's Café"].id)
    month = last_month(place, 11, near={service: "age"})
    last_month(place, 8, why="area", age="adult", district="ZZ7")
    last_month(place, 2, why="hours", district="ZZ8")
    lou = stories.browser(place.viewers["Lou of Front door"])
    shown = text(lou.get(f"/gaps?month={month.name}"))
    assert f"About 20 searches in {month.label} could not be met: aged 17 (10), all others (10)." in shown
    assert "ZZ8" not in shown, "two people of one district would be too few to name it"
    file = lou.get(f"/gaps/export?month={month.name}").content.decode()
    assert "Searches that could not be met,What stood in the way,Aged 17,10,," in file
    assert "ZZ8" not in file


def test_a_name_that_a_spreadsheet_would_run_is_only_text_there(place):
    listed = entries.outside(of=place.amir.agency_id, on=local_date(now()))[:1]
    named = [replace(one, name="=HYPERLINK(1)") for one in listed]
    services.enter(services=named, by=replace(place.amir, role="team_lead"), at=now())
    month = last_month(place, 6, near={str(named[0].id): "age"})
    lou = stories.browser(place.viewers["Lou of Front door"])
    assert "'=HYPERLINK(1)" in lou.get(f"/gaps/export?month={month.name}").content.decode()


def test_returns_are_counted_with_their_reasons_and_by_whom_about_nobody(place):
    """Straight from the answers: the counts know reason, need, hour, age and district, one at a time."""
    handovers.send_back(
        handover_id=place.an_offer(), reason="no_capacity", words="", next_team_id=place.teams["Social care"],
        next_handover_id=uuid4(), by=place.priya, at=place.later(), seen=1,
    )  # fmt: skip
    on = local_date(place.at)
    period = gap_figures.Months("now", "now", on - timedelta(days=1), on + timedelta(days=2))
    found = gap_ledger.of(period, at=place.at)
    assert ("all", "", 1) in found.returns
    assert {what for what, _, _ in found.returns} == {"all", "reason", "need", "hour", "years", "place"}
    assert any(one.returned == 1 and one.asked == 1 for one in found.answers)
    assert any(one.given_back == 1 for one in found.answers)


def test_how_it_ended_is_offered_by_kind_of_service_and_counted_without_small_numbers(place):
    crisis_cafe = place.viewers["Priya of Crisis team"]
    listed = Service(
        uuid4(), crisis_cafe.agency_id, crisis_cafe.team_id, "The Haven", "A crisis café", ("mental",), "", ""
    )
    on = local_date(now())
    period = gap_figures.Months("now", "now", on - timedelta(days=1), on + timedelta(days=2))
    priya = stories.browser(crisis_cafe)
    for number in range(6):
        offer = place.an_offer()
        said = {"read_back": "Come tonight.", "holding_id": uuid4(), "by": crisis_cafe, "seen": 1}
        handovers.accept(handover_id=offer, **said, at=place.later())
        referral = Handover.objects.get(pk=offer).referral_id
        close = f"/referrals/{referral}/close"
        before = text(priya.get(close))
        if not number:
            assert "Went home with a plan" not in before, "a team of no such kind is not offered it"
            services.enter(services=[listed], by=place.viewers["Lou of Front door"], at=place.later())
        page = priya.get(close)
        assert "Went home with a plan" in text(page) and "Moved in" not in text(page)
        told = {"outcome": "cc_plan" if number else "cc_talked", "told": "She knows.", "told_by": "us"}
        assert priya.post(close, fields(page) | told).status_code == 302
    counts = gap_ledger.of(period, at=now())
    assert sorted(counts.endings) == [("crisis_cafe", "cc_plan", 5), ("crisis_cafe", "cc_talked", 1)]
    (shown,) = [lines for kind, lines in wording.endings(counts.endings, at=now()) if kind == "Crisis cafés"]
    assert "Came and talked" not in {one.label for one in shown}, "one alone is never shown"


def test_the_ledger_takes_five_statements_however_much_was_looked_for(place):
    month = last_month(place, 12)
    with CaptureQueriesContext(connection) as asked:
        gap_ledger.of(month, at=now())
    assert len(asked) == 5


@pytest.mark.parametrize("month", ["2019-01", "now", "2026-10-01", "'"])
def test_a_month_nobody_can_read_is_not_there(place, month):
    lou = stories.browser(place.viewers["Lou of Front door"])
    assert lou.get("/gaps", {"month": month}).status_code == 404


def test_who_may_read_it(place):
    assert stories.browser(place.amir).get("/gaps").status_code == 403
