"""Beside a case: who could respond, by need alone, and who decided before."""

import re
from html import unescape
from uuid import uuid4

import pytest

from nowrongdoor.journeys import handovers, services, triage
from nowrongdoor.rules.directory import Service
from tests.pages.sending import fields, text
from tests.worlds import stories
from tests.worlds.small_place import ASK, SOON

pytestmark = pytest.mark.django_db


def panel(client, referral_id) -> str:
    page = unescape(client.get(f"/triage/{referral_id}?queue=mine").content.decode())
    start = page.index('id="respond"')
    return page[start : page.index("</section>", start)]


def test_teams_with_a_service_for_a_need_are_named_and_lead_to_the_form_with_that_team(place, amir):
    referral_id = place.a_referral()
    found = panel(amir, referral_id)
    assert re.findall("<strong>([^<]+)</strong>", found) == ["Crisis team"]
    assert "Home treatment, for mental health" in found
    assert "Only the need was looked at" in found
    (address,) = re.findall(r'href="([^"#]+)#boxes"', found)
    form = fields(amir.get(address), form="decide")
    assert form["decision"] == ["hand"] and form["to_team"] == [str(place.teams["Crisis team"])]
    assert "queue=mine" in address


def test_at_most_five_are_named_in_the_order_of_the_directory_whatever_they_offer(place, amir):
    from nowrongdoor.journeys import agencies
    from nowrongdoor.rules.agency import Team
    from tests.worlds.small_place import SINCE

    teams = [
        Team(uuid4(), place.sam.agency_id, f"Team {n}", "Helps", "", False, SINCE, None, None)
        for n in range(7)
    ]
    agencies.enter(facts=teams, by=place.viewers["Lou of Front door"], at=place.later())
    offered = [
        Service(uuid4(), place.sam.agency_id, team.id, f"Service {n}", "Help", ("mental",), "", "")
        for n, team in enumerate(reversed(teams))
    ]
    services.enter(services=offered, by=place.viewers["Lou of Social care"], at=place.later())
    named = re.findall("<strong>([^<]+)</strong>", panel(amir, place.a_referral()))
    assert len(named) == 5
    assert named[-3:] == sorted(named[-3:]) and set(named) <= {"Crisis team"} | {one.name for one in teams}


def test_no_team_is_suggested_for_a_need_that_none_serves_or_where_nothing_is_to_decide(place, amir):
    referral_id = place.a_referral()
    assert "Social care" not in panel(amir, referral_id)
    handovers.offer(
        referral_id=referral_id, handover_id=uuid4(), to_team_id=place.teams["Crisis team"], message=ASK,
        by=place.amir, at=place.later(), seen=1,
    )  # fmt: skip
    assert 'id="respond"' not in amir.get(f"/triage/{referral_id}").content.decode()


def test_whoever_decided_earlier_is_named_with_their_job_title(place, amir):
    referral_id, handover_id = place.a_referral(), uuid4()
    assert "Decided by" not in text(amir.get(f"/triage/{referral_id}"))
    triage.hand_on(
        referral_id=referral_id, decision=SOON, handover_id=handover_id, message=ASK,
        to_team_id=place.teams["Crisis team"], by=place.amir, at=place.later(), seen=1,
    )  # fmt: skip
    handovers.withdraw(
        handover_id=handover_id, reason="changed", words="", by=place.amir, at=place.later(), seen=1
    )
    said = text(amir.get(f"/triage/{referral_id}"))
    assert "Decided by Amir of Front door, triage clinician, " in said


def test_the_page_of_a_case_stays_within_its_statements(place, amir, django_assert_max_num_queries):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    # With the queues and the list beside it; two of them are who may see this, and that it was seen.
    with django_assert_max_num_queries(14):
        assert amir.get(f"/triage/{referral_id}").status_code == 200
