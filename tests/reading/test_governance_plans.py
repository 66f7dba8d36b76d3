"""What governance reads comes from indexes, however long the access log has become."""

import re

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from nowrongdoor.kernel.now import now
from nowrongdoor.reading import looks, oversight, patterns
from tests.worlds import stories

STATEMENTS = {
    "the access log": (looks.LOG, "look_by_agency"),
    "looks that patterns are sought in": (patterns.LOOKS, "look_by_agency"),
    "records of a name": (patterns.CALLED, "people_person"),
    "reviews to do": (oversight.TO_DO_FIRST, "review_open_by_due"),
    "reviews counted for the menu": (oversight.WAITING, "review_open_by_due"),
}
WHOLE_TABLE = re.compile(r"Seq Scan on (access_log_look|sharing_\w+|people_\w+)")


@pytest.fixture(scope="module", autouse=True)
def tables_as_new(django_db_setup, test_database):
    """Rows that other tests made and took back leave the planner with sizes of their chance, so: none."""
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        owner.execute("TRUNCATE agencies_agency, people_person, sharing_review CASCADE")
        # Of the access log nothing is ever removed, so its guard stands aside while the table is made new.
        owner.execute("ALTER TABLE access_log_look DISABLE TRIGGER kept_for_good")
        owner.execute("TRUNCATE access_log_look")
        owner.execute("ALTER TABLE access_log_look ENABLE TRIGGER kept_for_good")


@pytest.mark.django_db
@pytest.mark.parametrize("name", STATEMENTS)
def test_no_list_reads_a_whole_table(name):
    statement, index = STATEMENTS[name]
    place, at = stories.a_place(), now()
    asked = {
        "agencies": [place.amir.agency_id, place.sam.agency_id], "agency": place.amir.agency_id,
        "lead": "governance_lead", "enough": 100, "most": 51, "since": at, "until": at, "from": at,
        "member": None, "person": None, "before_at": at, "before_id": place.amir.member_id,
        "families": ["ali"], "givens": ["maryam"],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        composed = sql.SQL(statement) if isinstance(statement, str) else statement
        cursor.execute(sql.SQL("EXPLAIN ") + composed, asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert not WHOLE_TABLE.search(plan), plan
    assert index in plan, plan
