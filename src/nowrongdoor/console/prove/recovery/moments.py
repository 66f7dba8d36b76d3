"""
A place that lives, and what is remembered of it after each act: every table, and where the log was.

Each act here is one transaction, so whatever place in the log is chosen, what was true there is what was true
before or after the act it lies in: never a part of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import sql

from nowrongdoor.console.counting import TABLES

# Rows in the order of what they say: which table, how many rows, and one hash of all of them.
EACH = """
SELECT {name}, count(*), md5(coalesce(string_agg(md5(one::text), '' ORDER BY one::text COLLATE "C"), ''))
FROM {table} AS one
"""
Tables = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Moment:
    """What was true from here in the log on; how long the anchor was; and whether one act led to it."""

    lsn: int
    tables: Tables
    anchor: int
    by_one_act: bool


def tables(connection: psycopg.Connection) -> Tables:
    """Every table: how many rows, and a hash of all of them."""
    with connection.transaction():
        connection.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL row_security = off")
        names = [name for (name,) in connection.execute(TABLES).fetchall()]
        each = [
            sql.SQL(EACH).format(name=sql.Literal(name), table=sql.Identifier("public", name))
            for name in names
        ]
        rows = connection.execute(sql.SQL(" UNION ALL ").join(each)).fetchall()
    return {name: (count, hashed) for name, count, hashed in rows}


def differing(one: Tables, other: Tables) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


class Life:
    """A small place on the database this process stands on, with a journal that is sealed and anchored."""

    def __init__(self, seed: int, owner: psycopg.Connection, anchor: Path) -> None:
        from nowrongdoor.console.prove.place import Place
        from nowrongdoor.kernel.journal.anchor_file import AnchorFile

        self.place = Place(seed)
        self.owner = owner
        self.anchor = AnchorFile(anchor)
        self.moments: list[Moment] = []
        self.remember(by_one_act=False)

    def goes_on(self, acts: int) -> None:
        """So many acts, each remembered; then what was recorded is sealed and anchored."""
        for act, _ in zip(self.acts(), range(acts), strict=False):
            act()
            self.remember(by_one_act=True)
        self.seal_and_anchor()
        self.remember(by_one_act=False)

    def acts(self) -> Iterator[Callable[[], object]]:
        """One after another, each on what the one before has made; never two in one."""
        from nowrongdoor.console.prove.kinds import accepting, correcting, offering, returning

        place = self.place
        while True:
            made: list[UUID] = []
            yield lambda made=made: made.append(place.a_referral())
            yield offering(place, "Amir", made[0], to="Crisis team").do
            yield lambda made=made: made.append(place.an_offer()[1])
            yield accepting(place, "Priya", made[1]).do
            yield lambda made=made: made.append(place.an_offer()[1])
            yield returning(place, "Lou", made[2]).do
            yield lambda made=made: made.append(place.a_person())
            yield correcting(place, "Amir", made[3], phone="07700 900001").do

    def seal_and_anchor(self) -> None:
        from nowrongdoor.kernel.journal import anchoring, sealing

        while sealing.seal(at=self.place.at):
            pass
        anchoring.anchor(self.anchor, at=self.place.later())

    def remember(self, *, by_one_act: bool) -> None:
        ((lsn,),) = self.owner.execute("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn").fetchall()
        path = self.anchor.path
        length = path.stat().st_size if path.exists() else 0
        self.moments.append(Moment(int(lsn), tables(self.owner), length, by_one_act))
