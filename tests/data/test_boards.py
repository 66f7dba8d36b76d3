"""Boards are told what has changed: by every table they show, at commit, and with nothing about anybody."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction

from nowrongdoor.journeys import agreements, clocks, handovers, openings, reviews, rota
from nowrongdoor.kernel.live import CHANNEL
from nowrongdoor.kernel.live.hub import Notice
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys import looking
from tests.worlds import stories
from tests.worlds.small_place import ASK

PLAIN = re.compile(r"[0-9]+ (\*|[0-9a-f-]{36}(,[0-9a-f-]{36})*)")
# What stands on my work, in the triage inbox, on the board, on the page of a handover or on that of a lead.
SHOWN = {
    "holdings_holding",
    "holdings_rehoming",
    "handovers_handover",
    "handovers_chase",
    "stages_stage",
    "stages_statutoryclock",
    "police_policedecision",
    "promises_promise",
    "promises_escalation",
    "referrals_referral",
    "contacts_contact",
    "sharing_sharingdecision",
    "sharing_seal",
    "sharing_review",
    "sharing_agreement",
    "clocks_climb",
    "clocks_reply",
    "rota_duty",
    "visits_crew",
    "visits_skill",
    "visits_visit",
}


@pytest.fixture
def told(urls, committed) -> Iterator[psycopg.Connection]:
    """Somebody who listens, as the web does."""
    with psycopg.connect(urls["nwd_app"], autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        yield listening


def heard(listening: psycopg.Connection) -> list[str]:
    return [notice.payload for notice in listening.notifies(timeout=0.3)]


def teams(payloads: list[str]) -> set[str]:
    return {team for one in payloads for team in Notice.read(one).teams or ()}


def test_an_act_is_told_to_the_teams_it_concerns_and_says_nothing_about_anybody(told):
    place = stories.a_place()
    referral_id = place.a_referral(person_id=stories.maryam(place))
    heard(told)
    handovers.offer(
        referral_id=referral_id, handover_id=uuid4(), to_team_id=place.teams["Social care"], message=ASK,
        by=place.amir, at=place.later(), seen=1,
    )  # fmt: skip
    payloads = heard(told)
    assert payloads and all(PLAIN.fullmatch(one) for one in payloads)
    assert teams(payloads) == {str(place.teams["Front door"]), str(place.teams["Social care"])}
    assert len({Notice.read(one).version for one in payloads}) == 1, "one act, one version"


def test_what_climbs_is_told_to_where_those_on_call_work_and_to_all_of_the_agency_where_nobody_is(told):
    place = stories.a_place()
    place.a_referral()
    ours = {str(place.teams[name]) for name in ("Front door", "Crisis team")}
    heard(told)
    at = place.at + timedelta(minutes=23)
    clocks.sweep(ours=at, by=NOBODY, at=at)
    assert teams(heard(told)) == {str(place.teams["Front door"])}, "nearly due: the team itself"
    rota.put_on(
        duty_id=uuid4(), team_id=None, member_id=place.viewers["Lou of Crisis team"].member_id,
        rung="duty_lead", phone="", from_at=place.at, until_at=now() + timedelta(days=1),
        by=place.viewers["Lou of Front door"], at=place.at,
    )  # fmt: skip
    assert teams(heard(told)) == ours
    for minutes, told_to in ((30, ours), (45, ours)):
        at = place.at + timedelta(minutes=minutes)
        clocks.sweep(ours=at, by=NOBODY, at=at)
        assert teams(heard(told)) == told_to


def test_broken_glass_and_its_review_are_told_to_whoever_holds_the_person_and_to_whoever_looks_into_it(told):
    place = stories.a_place()
    person_id, review_id = stories.maryam(place), uuid4()
    place.a_referral(person_id=person_id)
    lead = looking.a_governance_lead(place, team="Crisis team", name="Mei Lin")
    everyone = {str(place.teams["Front door"]), str(place.teams["Crisis team"])}
    heard(told)
    openings.break_glass(
        opening_id=uuid4(), review_id=review_id, person_id=person_id, reason="danger_now", words="Now.",
        by=place.sam, at=place.later(),
    )  # fmt: skip
    payloads = heard(told)
    assert teams(payloads) == everyone and all(PLAIN.fullmatch(one) for one in payloads)
    reviews.decide(review_id=review_id, outcome="right", words="Yes.", by=lead, at=place.later(), seen=1)
    assert teams(heard(told)) == everyone
    nearer = looking.a_governance_lead(place, team="Social care", name="Ffion Rees")
    heard(told)
    openings.break_glass(
        opening_id=uuid4(), review_id=uuid4(), person_id=person_id, reason="danger_now", words="Now.",
        by=place.sam, at=place.later(),
    )  # fmt: skip
    assert teams(heard(told)) == {str(place.teams["Front door"]), str(nearer.team_id)}


def test_an_agreement_is_told_to_whoever_looks_into_sharing_in_either_agency(told):
    place = stories.a_place()
    lead = looking.a_governance_lead(place, team="Social care", name="Ffion Rees")
    heard(told)
    agreements.enter(**looking.agreeing(place), at=place.later())
    assert teams(heard(told)) == {str(lead.team_id)}


@pytest.mark.parametrize("commits", [True, False])
def test_what_does_not_commit_is_not_told(told, commits):
    handover_id = stories.a_place().an_offer()
    heard(told)
    with suppress(Refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE handovers_handover SET version = version + 1 WHERE id = %s", [handover_id])
        if not commits:
            raise Refused("No.", code="no")
    assert bool(heard(told)) == commits


def test_every_table_that_boards_show_tells_when_it_is_added_to_and_when_it_changes(db):
    never_changed = {
        "handovers_chase",
        "promises_escalation",
        "clocks_climb",
        "clocks_reply",
        "sharing_agreement",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname LIKE 'told_when_%%' AND t.tgenabled = 'O'"
        )
        found = set(cursor.fetchall())
    assert {table for table, _ in found} == SHOWN
    assert {table for table, name in found if name == "told_when_added"} == SHOWN
    assert {table for table, name in found if name == "told_when_changed"} == SHOWN - never_changed
    assert {model._meta.db_table for model in apps.get_models()} >= SHOWN


def test_so_many_teams_are_everyone(told):
    with connection.cursor() as cursor:
        for many, words in ((100, 100), (101, None)):
            cursor.execute("SELECT tell_boards(%s::uuid[])", [[uuid4() for _ in range(many)]])
            [payload] = heard(told)
            named = Notice.read(payload).teams
            assert (len(named) if named is not None else None) == words
            assert len(payload.encode()) < 8_000
        cursor.execute("SELECT tell_boards('{}')")
    assert heard(told) == []
