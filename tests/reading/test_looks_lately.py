"""Whoever stays on a live screen is one look: found among their own, however many their agency's are."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from psycopg import RawCursor

from nowrongdoor.kernel.access_log import looking
from nowrongdoor.kernel.access_log.looking import Looker, Seen
from nowrongdoor.kernel.live import asking
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules.law import seeing

AGENCY, TEAM = uuid4(), uuid4()


def a_looker(name, page="my_work"):
    by = Viewer(uuid4(), name, "practitioner", TEAM, "Crisis team", AGENCY, "Trust", purpose="care")
    return Looker(by, page, "care")


def show(looks, at):
    since = at - seeing.lasts("same_look", at=at)
    looking.record_of_many(looks, at=at, but_not_since=since)


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_log_look")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_who_was_shown_just_so_to_that_member_on_that_page_is_the_same_look_and_nobody_else():
    at = now()
    priya, vera = a_looker("Priya"), a_looker("Vera")
    on_the_board = Looker(priya.by, "board", "care")
    ada = Seen(uuid4(), uuid4(), None, ("identity", "story"))
    show([(priya, ada)], at)
    new = [
        (vera, ada),
        (on_the_board, ada),
        (priya, Seen(ada.person_id, ada.referral_id, None, ("identity", "whereabouts"))),
        (priya, Seen(ada.person_id, None, None, ada.elements)),
        (priya, Seen(None, ada.referral_id, None, ada.elements)),
        (priya, Seen(ada.person_id, ada.referral_id, uuid4(), ada.elements)),
        (priya, Seen(ada.person_id, ada.referral_id, None, ada.elements, relationship="holds")),
        (Looker(priya.by, priya.page, "safety"), ada),
    ]
    less = (priya, Seen(ada.person_id, ada.referral_id, None, ("identity",)))
    for known, one in enumerate(new, start=1):
        show([(priya, ada), less, one], at + timedelta(seconds=known))
        assert rows() == known + 1, one
    show([*new, (priya, ada), less], at + timedelta(seconds=20))
    assert rows() == len(new) + 1
    show([(priya, ada)], at + seeing.lasts("same_look", at=at) + timedelta(seconds=1))
    assert rows() == len(new) + 2, "after a while a look is another"


def plan(statement, monkeypatch, lookers):
    """How PostgreSQL goes about it, of a few who look where their agency was shown a thousand lately."""
    at = now()
    asked = []
    monkeypatch.setattr(asking, "planned", lambda _, params: asked.append(params) or [])
    show([(one, Seen(None, uuid4())) for one in lookers for _ in range(4)], at + timedelta(seconds=1))
    text, values = asking._told(statement, asked[0])
    with RawCursor(connection.connection) as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF) " + text, values)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.django_db
def test_it_reads_the_looks_of_those_who_look_and_none_of_their_colleagues(monkeypatch):
    """However few the planner thinks there are: it was told of the table when it was small."""
    at = now()
    colleagues = [a_looker(f"Colleague {number}") for number in range(40)]
    show([(one, Seen(None, uuid4())) for one in colleagues for _ in range(30)], at)
    found = plan(looking.RECORD_NEW, monkeypatch, colleagues[:3])
    assert "look_by_member" in found and "look_by_agency" not in found, found
    assert "CTE Scan on lately before (actual rows=90" in found, found
    assert "Hash" in found and "Rows Removed by Join Filter" not in found, found
    plainly = looking.RECORD_NEW.replace(
        "FROM lately before\n        WHERE",
        "FROM access_log_look before WHERE before.looked_at > %(since)s AND before.looked_at <= %(at)s AND",
    )
    found = plan(plainly, monkeypatch, colleagues[:3])
    assert "Rows Removed by Join Filter" in found or "look_by_agency" in found, "the control reads far more"
