"""The gap ledger tells how offers were answered for each service of a team, and what was given back by it."""

import csv
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.journeys import handovers, referrals, services
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.gaps import months
from nowrongdoor.reading import gap_ledger, options, service_endings
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.gap_figures import Answered, Months
from tests.pages.sending import text
from tests.worlds import stories
from tests.worlds.small_place import ASK

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(monkeypatch):
    on = local_date(now())
    found = Months("now", "these days", on - timedelta(days=1), on + timedelta(days=2))
    monkeypatch.setattr(months, "asked", lambda request: found)
    return found


@pytest.fixture
def kept(place):
    """Social care keeps two entries; the crisis team keeps one, and is next where somebody says no."""
    bank = Service(
        uuid4(), place.sam.agency_id, place.sam.team_id, "Time bank", "A time bank", ("loneliness",), "", ""
    )
    services.enter(services=[bank], by=place.viewers["Lou of Front door"], at=place.later())
    return {row.name: row.id for row in ServiceRow.objects.all()}


def offered(place, service, *, to="Social care", by=None, referral_id=None):
    offer, by, referral_id = uuid4(), by or place.amir, referral_id or place.a_referral()
    handovers.offer(
        referral_id=referral_id, handover_id=offer, to_team_id=place.teams[to],
        message=ASK, service_id=service, by=by, at=place.later(seconds=1), seen=version(referral_id),
    )  # fmt: skip
    return offer


def version(referral_id):
    return Referral.objects.get(pk=referral_id).version


def returned(place, offer, *, by=None, to="Crisis team"):
    handovers.send_back(
        handover_id=offer, reason="no_capacity", words="", next_team_id=place.teams[to],
        next_handover_id=uuid4(), by=by or place.sam, at=place.later(seconds=1), seen=1,
    )  # fmt: skip


def accepted(place, offer, *, by=None):
    handovers.accept(
        handover_id=offer, read_back="We see her.", holding_id=uuid4(), by=by or place.sam,
        at=place.later(seconds=1), seen=1,
    )  # fmt: skip


def answers(place, service, *, yes=0, no=0):
    for number in range(yes + no):
        offer = offered(place, service)
        (accepted if number < yes else returned)(place, offer)


def of(found: gap_ledger.LedgerCounts, team: str) -> dict[str, Answered]:
    return {one.services: one for each in found.by_service for one in each if one.team == team}


def test_several_services_of_one_team_are_counted_apart(place, kept, period):
    answers(place, kept["Time bank"], yes=2, no=1)
    answers(place, kept["Adult social care"], yes=1)
    answers(place, None, no=2)
    found = gap_ledger.of(period, at=now())
    counts = {name: (one.asked, one.returned, one.took) for name, one in of(found, "Social care").items()}
    assert counts == {"Time bank": (3, 1, 2), "Adult social care": (1, 0, 1), "": (2, 2, 0)}
    bank = of(found, "Social care")["Time bank"]
    assert (bank.people, bank.offers) == (3, 4)
    (team,) = [one for one in found.answers if one.team == "Social care"]
    assert (team.asked, team.returned) == (6, 3), "the team comes to what its services do"


def test_where_a_team_keeps_one_entry_what_names_none_is_for_that_one(place, kept, period):
    accepted(place, place.an_offer(), by=place.priya)
    assert set(of(gap_ledger.of(period, at=now()), "Crisis team")) == {"Home treatment"}


def test_what_was_given_back_counts_for_the_service_by_whose_offer_it_came(place, kept, period):
    for service in (kept["Time bank"], None):
        referral_id = place.a_referral()
        accepted(place, offered(place, service, referral_id=referral_id))
        onward = offered(place, None, to="Crisis team", by=place.sam, referral_id=referral_id)
        returned(place, onward, by=place.priya, to="Front door")
    found = of(gap_ledger.of(period, at=now()), "Social care")
    assert {name: (one.gave, one.given_back, one.sent_on) for name, one in found.items()} == {
        "Time bank": (1, 1, 1), "": (1, 1, 1),
    }  # fmt: skip


def test_an_offer_that_waits_and_one_of_another_time_are_not_counted(place, kept, period):
    offered(place, kept["Time bank"])
    answers(place, kept["Time bank"], yes=1)
    assert of(gap_ledger.of(period, at=now()), "Social care")["Time bank"].asked == 1
    then = replace(period, since=period.since.replace(year=2020), until=period.since)
    assert gap_ledger.of(then, at=now()).by_service == ()


def test_leads_read_it_under_the_team_and_as_a_file_and_none_that_is_small(place, kept, period):
    answers(place, kept["Time bank"], yes=5, no=6)
    answers(place, kept["Adult social care"], yes=1, no=9)
    answers(place, None, yes=6, no=3)
    lou = stories.browser(place.viewers["Lou of Front door"])
    shown = text(lou.get("/gaps"))
    assert "Social care: Adult social care 100% (10 of 10)" in shown
    assert "Social care: The others together 50% (10 of 20)" in shown, "three returns would be too few alone"
    assert "Social care: Time bank * too few" in shown and "which service * too few" in shown
    rows = list(csv.reader(lou.get("/gaps/export").content.decode().splitlines()))
    of_service = {row[3]: row[4:] for row in rows if row[1:3] == ["Offers it returned", "Service"]}
    assert of_service["Social care: Adult social care"] == ["10", "10", "100%"]
    assert of_service["Social care: The others together"] == ["10", "20", "50%"]


def test_the_chance_of_a_yes_is_that_of_the_service_and_not_of_another_of_its_team(place, kept):
    answers(place, kept["Time bank"], no=2)
    answers(place, kept["Adult social care"], yes=3)
    answers(place, None, yes=1)
    found = options._answers(now())
    assert found[kept["Time bank"]] == (3, 1) and found[kept["Adult social care"]] == (4, 4)


def test_it_takes_no_statement_more_than_before(place, kept, period):
    answers(place, kept["Time bank"], yes=1, no=1)
    with CaptureQueriesContext(connection) as asked:
        gap_ledger.of(period, at=now())
    assert len(asked) == 5


def closed(place, referral_id, outcome="help_given", by=None):
    said = {"outcome": outcome, "told": "They know.", "told_by": "us", "by": by or place.sam}
    said["seen"] = version(referral_id)
    referrals.close(referral_id=referral_id, **said, at=place.later(seconds=1))


def ended(place, service, outcome="help_given"):
    referral_id = place.a_referral()
    accepted(place, offered(place, service, referral_id=referral_id))
    closed(place, referral_id, outcome)
    return referral_id


def test_an_ending_counts_for_the_service_that_was_asked(place, kept, period):
    for service, many in ((kept["Time bank"], 6), (kept["Adult social care"], 11), (None, 5)):
        for _ in range(many):
            ended(place, service)
    found = {tuple(each.name for each in one.services): one for one in service_endings.of(period, at=now())}
    assert {names: [line.shown for line in one.lines] for names, one in found.items()} == {
        ("Time bank",): ["5"], ("Adult social care",): ["10"], ("Adult social care", "Time bank"): ["5"],
    }  # fmt: skip


def test_reopened_it_still_counts_for_the_service_that_was_asked(place, kept, period):
    referral_id = ended(place, kept["Time bank"])
    referrals.reopen(
        referral_id=referral_id, holding_id=uuid4(), why="Came back.", by=place.sam,
        at=place.later(seconds=1), seen=version(referral_id),
    )  # fmt: skip
    closed(place, referral_id)
    with connection.cursor() as cursor:
        cursor.execute(service_endings.COUNTED, {"since": place.at - timedelta(days=1), "until": now()})
        assert [(service, many) for _, service, _, many in cursor.fetchall()] == [(kept["Time bank"], 1)]


def test_what_this_team_offered_onward_and_another_ended_is_not_for_its_service(place, kept, period):
    referral_id = place.a_referral()
    accepted(place, offered(place, kept["Time bank"], referral_id=referral_id))
    onward = offered(place, None, to="Crisis team", by=place.sam, referral_id=referral_id)
    accepted(place, onward, by=place.priya)
    closed(place, referral_id, by=place.priya)
    with connection.cursor() as cursor:
        cursor.execute(service_endings.COUNTED, {"since": place.at - timedelta(days=1), "until": now()})
        ended = [(team, service) for team, service, *_ in cursor.fetchall()]
    assert ended == [(place.teams["Crisis team"], None)]
