"""Clocks follow from rows of every table that has one, by statements that a connection plans once."""

from django.db import connection

FOLLOWING = """
    SELECT DISTINCT c.relname FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname IN ('clock_follows', 'clock_follows_holder')
"""
MADE = """
    SELECT p.prosrc, l.lanname, p.proconfig FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.proname = 'follow_clocks' AND p.pronargs = 2
"""


def test_every_table_whose_rows_are_followed_has_a_statement_of_its_own(db):
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWING)
        tables = {name for (name,) in cursor.fetchall()}
        cursor.execute(MADE)
        ((made, _, _),) = cursor.fetchall()
    assert "holdings_holding" in tables and "handovers_handover" in tables
    assert not [table for table in tables if f"'{table}'" not in made]


def test_what_an_act_costs_is_not_spent_on_planning(db):
    # A function in SQL, or a plan of its own for each call, is what made every act cost five times as much.
    with connection.cursor() as cursor:
        cursor.execute(MADE)
        ((_, language, settings),) = cursor.fetchall()
    assert language == "plpgsql"
    assert {"plan_cache_mode=force_generic_plan", "enable_seqscan=off", "jit=off"} <= set(settings)
