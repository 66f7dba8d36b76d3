"""What a list reads comes from a partial index: over open rows only, however many are closed."""

import re

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from nowrongdoor.kernel.now import now
from nowrongdoor.reading import (
    board_statements,
    my_work,
    navigation,
    scope,
    traffic_table,
    triage_inbox,
    viewers,
)
from tests.worlds import stories

NOTHING_AFTER = {"from_start": True, "due_at": None, "received_at": None, "id": None}
FROM_THE_TOP = {"from_due": None, "from_received": None, "from_id": None, "taken_on": False,
                "states": ["new", "waiting", "triaged"]}  # fmt: skip
EVERYONE = {"agency": None, "need": "", "area": "LK4", "column": "", "clock": "", "limit": 51, "most": 51}
OFFERS = {"handover_live_by_receiver", "handover_live_by_giver", "handover_one_live_offer_a_referral"}
HOLDINGS = {"holding_open_by_team", "holding_open_by_member"}
PROMISES = {"promise_open_by_owner", "promise_open_by_due"}
UNDECIDED = {"referral_undecided_by_due"}
OPEN, CLOSED = {"referral_open_by_due"}, {"referral_closed_by_time"}
STATEMENTS = {
    "what needs you": (my_work.NEEDS_YOU, [OFFERS, HOLDINGS | UNDECIDED, PROMISES]),
    "in progress": (my_work.IN_PROGRESS, [HOLDINGS]),
    "handed over": (my_work.HANDED_OVER, [OFFERS]),
    "owed later": (my_work.OWED_LATER, [PROMISES]),
    "who is at work, and the menu": (viewers.AT_WORK, [OFFERS, HOLDINGS | UNDECIDED]),
    "whom to sit in for": (navigation.BUSY_TEAMS, [OFFERS, HOLDINGS]),
    "a queue": (triage_inbox.QUEUE, [HOLDINGS | UNDECIDED]),
    "the queues counted": (triage_inbox.COUNTS, [HOLDINGS | UNDECIDED, OFFERS]),
    "offered to us": (triage_inbox.OFFERED, [OFFERS]),
    "the board": (board_statements.OPEN, [OPEN, OFFERS]),
    "the board, made for many": (board_statements.OPEN_IN_COMMON, [OPEN, OFFERS]),
    "closed today, for many": (board_statements.CLOSED_IN_COMMON, [CLOSED]),
    "the table": (traffic_table.TABLE, [OPEN | UNDECIDED, OFFERS]),
    "the areas of the board": (board_statements.AGENCIES_AND_AREAS, [{"person_by_area"}]),
    "closed today, counted": (board_statements.CLOSED_TODAY, [CLOSED]),
    "closed today": (traffic_table.CLOSED_PAGE, [CLOSED]),
}
WHOLE_TABLE = re.compile(r"Seq Scan on (referrals|holdings|handovers|promises|contacts|people)_\w+")


@pytest.fixture(scope="module", autouse=True)
def tables_as_new(django_db_setup, test_database):
    """Rows that other tests made and took back leave the planner with sizes of their chance, so: none."""
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        owner.execute("TRUNCATE agencies_agency, people_person, referrals_referral, contacts_contact CASCADE")


@pytest.fixture
def place(db):
    return stories.a_place()


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_list_never_reads_a_whole_table_and_comes_from_a_partial_index(place, name):
    """With reading whole tables priced out, the plan shows whether indexes can serve the statement at all."""
    statement, indexes = STATEMENTS[name]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql.SQL("EXPLAIN ") + composed(statement), asked_by(place))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert not WHOLE_TABLE.search(plan), plan
    for any_of in indexes:
        assert any(index in plan for index in any_of), plan


def test_what_is_counted_many_ways_is_looked_at_once_for_each_referral(place):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = []
        for statement in (triage_inbox.COUNTS, triage_inbox.COUNTS.replace("OFFSET 0", "")):
            cursor.execute("EXPLAIN " + statement, asked_by(place))
            plans.append("\n".join(line for (line,) in cursor.fetchall()).count("handover_one_live_offer"))
    assert plans[0] + 5 < plans[1], "the control looks for the offer of each once for each count"


def test_finding_whom_to_sit_in_for_reads_two_indexes_and_no_referral(place):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + navigation.BUSY_TEAMS, asked_by(place))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert plan.count("Limit") == 2, plan
    assert "referrals" not in plan, plan


def test_counting_for_it_stops_at_enough_and_is_only_for_the_teams_asked_about(place, monkeypatch):
    monkeypatch.setattr(navigation, "ENOUGH", 2)
    for _ in range(3):
        place.an_offer()
    giver, receiver = place.amir.team_id, place.priya.team_id
    assert navigation.busy_teams([giver, giver, receiver]) == {giver: (0, 2), receiver: (2, 0)}
    assert navigation.busy_teams([giver]) == {giver: (0, 2)}
    assert navigation.busy_teams([]) == {}


def test_a_list_without_an_index_would_be_caught(place):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT FROM referrals_referral WHERE request = 'x'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert WHOLE_TABLE.search(plan)


def composed(statement):
    return sql.SQL(statement) if isinstance(statement, str) else statement


def asked_by(place):
    at = now()
    return {
        **EVERYONE, **NOTHING_AFTER, **FROM_THE_TOP, "queue": "all", "team": place.amir.team_id, "at": at,
        "member": place.amir.member_id, "soon": at, "deciders": ["triage_clinician"], "day_began": at,
        "enough": 100, "teams": [place.amir.team_id],
        "rank": None, "since_at": None, "before": None, "before_id": None, "membership": place.amir.member_id,
        **scope.params(place.amir, at=at), "though_kept": [],
    }  # fmt: skip
