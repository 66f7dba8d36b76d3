"""What was really recorded: a few questions to the server's own database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

MEMBERS = """
    SELECT m.name, m.id AS member_id, s.id AS membership_id, s.role, t.name AS team
    FROM agencies_membership s
    JOIN agencies_member m ON m.id = s.member_id
    JOIN agencies_team t ON t.id = s.team_id
    WHERE t.name = %(team)s AND s.until_at IS NULL AND (%(role)s = '' OR s.role = %(role)s)
    ORDER BY s.role = 'team_lead', s.role, m.name
"""


@dataclass(frozen=True)
class Rows:
    """Read as the owner, so that nothing is hidden from the question."""

    connection: psycopg.Connection

    def all(self, statement: str, **asked: Any) -> list[Any]:
        with self.connection.cursor(row_factory=namedtuple_row) as cursor:
            return cursor.execute(statement, asked).fetchall()

    def one(self, statement: str, **asked: Any) -> Any:
        found = self.all(statement, **asked)
        assert len(found) == 1, f"{len(found)} rows, and one was expected"
        return found[0]

    def do(self, statement: str, **asked: Any) -> None:
        self.connection.execute(statement, asked)

    def member(self, team: str, role: str = "", number: int = 0) -> Any:
        """Someone at work in a team: staff before leads, by name."""
        return self.all(MEMBERS, team=team, role=role)[number]

    def contacts(self, words: str) -> list[Any]:
        return self.all("SELECT * FROM contacts_contact WHERE words = %(words)s", words=words)

    def referral(self, words: str) -> Any:
        return self.one("SELECT * FROM referrals_referral WHERE words = %(words)s", words=words)

    def handovers(self, referral_id: Any) -> list[Any]:
        """Every handover of a referral, by hop, with the names of its teams and members."""
        return self.all(
            """SELECT h.*, g.name AS giver, r.name AS receiver, m.name AS answered_by
               FROM handovers_handover h
               JOIN agencies_team g ON g.id = h.giver_team_id
               JOIN agencies_team r ON r.id = h.receiver_team_id
               LEFT JOIN agencies_member m ON m.id = h.answered_by_id
               WHERE h.referral_id = %(id)s ORDER BY h.hop""",
            id=referral_id,
        )

    def holdings(self, referral_id: Any) -> list[Any]:
        """Who held it, in order."""
        return self.all(
            """SELECT h.*, t.name AS team, m.name AS member FROM holdings_holding h
               JOIN agencies_team t ON t.id = h.team_id
               LEFT JOIN agencies_member m ON m.id = h.member_id
               WHERE h.referral_id = %(id)s ORDER BY h.from_at""",
            id=referral_id,
        )

    def journal(self, subject_id: Any) -> list[str]:
        """What happened to one thing, by kind, in order."""
        found = self.all(
            "SELECT kind FROM journal_entry WHERE subject_id = %(id)s ORDER BY version", id=subject_id
        )
        return [one.kind for one in found]
