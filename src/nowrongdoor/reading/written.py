"""
What staff wrote that may keep help from somebody, found in the journal: for the worker that looks through it.

Found by the forms of the words alone, and so more than there is: the rule then says which of it counts. One
reading is bounded in entries and in days, and says how far it came.
"""

import re
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from nowrongdoor.rules import withholding
from nowrongdoor.rules.looking_through import LINKED, SUBJECTS

AT_ONCE = timedelta(days=7)  # a round comes between two sweeps of the clocks, which never wait for it
# An entry is found by when it was recorded: its index is one of blocks, and the story is written in order.
WRITTEN = """
    SELECT e.id, e.recorded_at FROM journal_entry e
     WHERE e.recorded_at >= %(since)s AND e.recorded_at < %(until)s AND e.by_member_id IS NOT NULL
       AND (e.recorded_at, e.id) > (%(since)s, %(after)s)
       AND ((e.subject = ANY(%(subjects)s) AND e.changes::text ~* %(forms)s) OR e.kind = ANY(%(linked)s))
     ORDER BY e.recorded_at, e.id LIMIT %(most)s
"""
# By whom a contact or a referral was about, once that is known: what was written of it until then.
BEFORE = """
    WITH linked AS (SELECT l.subject, l.subject_id, l.referral_id FROM journal_entry l
                     WHERE l.id = ANY(%(linked)s) AND l.kind = ANY(%(kinds)s))
    SELECT e.id FROM linked JOIN journal_entry e USING (subject, subject_id)
     WHERE e.by_member_id IS NOT NULL AND e.subject = ANY(%(subjects)s) AND e.changes::text ~* %(forms)s
     UNION
    SELECT e.id FROM linked JOIN journal_entry e USING (referral_id)
     WHERE e.by_member_id IS NOT NULL AND e.subject = ANY(%(subjects)s) AND e.changes::text ~* %(forms)s
"""
FIRST = "SELECT min(recorded_at) FROM journal_entry"
GAP = r"(\s|\\[nrt])+"
NOBODY_BEFORE = UUID(int=0)


class UpTo(NamedTuple):
    """Up to which entry it was looked through."""

    recorded_at: datetime
    entry_id: UUID = NOBODY_BEFORE


def begins() -> UpTo | None:
    """Before everything that was ever recorded; none where nothing was."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST)
        (first,) = cursor.fetchone()
    return UpTo(first) if first else None


def since(reached: UpTo, *, most: int, at: datetime) -> tuple[list[UUID], UpTo]:
    """The next entries to look through, the longest ago first, and how far that comes; never beyond `at`."""
    until = min(reached.recorded_at + AT_ONCE, at)
    words = {"subjects": list(SUBJECTS), "forms": pattern(at=at)}
    with connection.cursor() as cursor:
        cursor.execute(
            WRITTEN,
            {
                "since": reached.recorded_at,
                "after": reached.entry_id,
                "until": until,
                "linked": list(LINKED),
                "most": most,
                **words,
            },
        )
        rows = cursor.fetchall()
        found = [key for key, _ in rows]
        if found:
            cursor.execute(BEFORE, {"linked": found, "kinds": list(LINKED), **words})
            found += sorted({key for (key,) in cursor.fetchall()} - set(found))
    if len(rows) == most:
        return found, UpTo(rows[-1][1], rows[-1][0])
    return found, UpTo(max(until, reached.recorded_at))


def pattern(*, at: datetime) -> str:
    """Any form of any word, as PostgreSQL looks for it: in an entry a new line is two letters."""
    forms = (re.escape(one).replace("'", "['’]").replace(r"\ ", GAP) for one in withholding.forms(at=at))
    return rf"(\y|\\[nrt])({'|'.join(forms)})(\y|\\)"
