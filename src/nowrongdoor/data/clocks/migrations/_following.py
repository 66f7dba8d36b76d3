"""
The function that makes clocks follow from rows, as each migration leaves it.

Another kind of row that promises something by a time is another part of it: its migration brings that part
(`.part.sql`) and the triggers of its table, and all the rest stays as it was.
"""

from pathlib import Path

HERE = Path(__file__).parent
WHOLE = "0009_follow_stages.sql"
BEGINS, ENDS = "FROM (\n", ") o\nJOIN agencies_team"
"""What stands before the first part, and behind the last."""
OF_A_PROMISE = "COALESCE(d.person_id, r.person_id, c.person_id) AS person_id, d.referral_id, d.contact_id,"
# A call just to talk gives no part in the care. Its promise says whom it is about, to whoever asked for it.
OF_NOBODY_THAT_IS_CALLED = """CASE WHEN d.kind <> 'just_to_talk'
            THEN COALESCE(d.person_id, r.person_id, c.person_id) END AS person_id,
        CASE WHEN d.kind <> 'just_to_talk' THEN d.referral_id END AS referral_id,
        CASE WHEN d.kind <> 'just_to_talk' THEN d.contact_id END AS contact_id,"""



def function(*parts: str, calls_tell_nobody: bool = False) -> str:
    """
    The function as it was made last as a whole, with these parts added, in their order. Since clocks 0021
    the clock of a call just to talk tells nobody of whom it is: every later migration says so too.
    """
    before, made, after = _apart(calls_tell_nobody=calls_tell_nobody)
    return "".join((before, made, *(_read(one) for one in parts), ENDS, after))


def _apart(*, calls_tell_nobody: bool) -> tuple[str, str, str]:
    """What stands before the parts, those it was made with, and what stands behind them."""
    made = _read(WHOLE)
    if calls_tell_nobody:
        made = made.replace(OF_A_PROMISE, OF_NOBODY_THAT_IS_CALLED)
    begins = made.index("CREATE OR REPLACE FUNCTION follow_clocks")
    whole, after = made[begins : made.index("CREATE TRIGGER")].split(ENDS)
    before, parts = whole.split(BEGINS, 1)
    return before + BEGINS, parts, after


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


# Which part follows from which table: a stage is awaited as long as its offer or its referral waits, and
# whoever holds is answerable for what a referral owes.
OF_REFERRALS = ("referrals_referral", "holdings_holding")
FOLLOWS = (
    ("promises_promise",),
    ("handovers_handover",),
    OF_REFERRALS,
    ("stages_stage", "handovers_handover", *OF_REFERRALS),
    ("stages_statutoryclock", *OF_REFERRALS),
    ("sharing_review",),
    ("police_policedecision",),
)
PART_BEGINS = "\n    UNION ALL\n"
COLUMNS = (
    "\n) o (id, kind, team_id, member_id, person_id, referral_id, contact_id, standard, started_at, due_at,"
    " is_running)\nJOIN agencies_team"
)
# Alone, a part that says NULL does not say of which kind.
SAID, SAID_OF_A_KIND = (
    "o.member_id, o.person_id, o.referral_id, o.contact_id,",
    "o.member_id::uuid, o.person_id::uuid, o.referral_id::uuid, o.contact_id::uuid,",
)
PLANNED_ONCE = """CREATE FUNCTION follow_clocks(ids uuid[], written_to text) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off AS $$
BEGIN
{statements}END
$$;
COMMENT ON FUNCTION follow_clocks(uuid[], text)
    IS 'what these rows of a table promise by a time, as their clocks';
REVOKE ALL ON FUNCTION follow_clocks(uuid[], text) FROM PUBLIC;
"""
ONE_PART = "    IF written_to IN ('', {tables}) THEN\n{statement};\n    END IF;\n"


def planned_once(*parts: str) -> str:
    """
    The function that follows from rows of one table, or of any where none is named: one statement for each
    part that was made with the whole or is named here, as many as `FOLLOWS` has.

    One statement for all is planned anew at every call, which took nearly all of what an act costs the
    database. Of these a connection plans each once, and by index: it holds for one row as for thousands,
    also where the tables were small when it was planned. (To PostgreSQL before 18 a plan that keeps from
    reading whole tables looks so dear that it would compile it first, and each time.)
    """
    before, made, after = _apart(calls_tell_nobody=True)
    begins = before[before.index("INSERT INTO") :].replace(SAID, SAID_OF_A_KIND)
    ends = after[: after.index("\n$$")]
    together = "".join((made, *(_read(one) for one in parts)))
    statements = [
        ONE_PART.format(
            tables=", ".join(f"'{one}'" for one in tables), statement=begins + part.rstrip() + COLUMNS + ends
        )
        for tables, part in zip(FOLLOWS, together.split(PART_BEGINS), strict=True)
    ]
    return PLANNED_ONCE.format(statements="".join(statements))
