"""
The second wall round the place of the proofs: pages read as nwd_reader, over its own connection, as where
people work. And each of the two walls taken down: the database's by reading over the one connection that
sees all, the application's by answering yes to every question about who may.

What the database hides is written down by hand once more, in `SHUT`: it knows agencies and nothing finer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from unittest import mock

from nowrongdoor.console.prove.pairs import in_text
from nowrongdoor.kernel import aliases, wall
from nowrongdoor.rules.access import Element, Relationship, Sight
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.law.seeing import Reach, Sees

# Lives in whose care no team of our agency ever had a part, and what of them stands behind the wall: every
# referral and contact, and all that hangs on these. Who somebody is does not: people are looked for before
# anyone has a part in their care.
LINKED = ("linked", "linked_answered", "linked_sealed")
SHUT = dict.fromkeys(("none", "called", "restricted", "nameless", *LINKED), "RCFS")
ALL = Sight(Relationship.HELD, frozenset(one.value for one in Element), "direct_care")


@contextmanager
def standing(reader_url: str | None = None) -> Iterator[str]:
    """The wall stands round the database this process is on; answers with the reader's address."""
    from django.db import connections

    url = reader_url or os.environ["DATABASE_READER_URL"]
    connections.settings[wall.READER] = {**connections.settings["default"], **aliases.database(url)}
    try:
        yield url
    finally:
        connections[wall.READER].close()
        del connections[wall.READER]
        del connections.settings[wall.READER]


def is_built() -> bool:
    """Whether pages now read as a role that the wall holds."""
    from django.db import connections

    if not wall.is_configured():
        return False
    with connections[wall.READER].cursor() as cursor:
        cursor.execute(wall.IS_BUILT)
        return bool(cursor.fetchone()[0])


@contextmanager
def down() -> Iterator[None]:
    """The second wall is not there: every page reads over the connection that sees all."""
    with mock.patch.object(wall, "is_configured", lambda: False):
        yield


@contextmanager
def no_checks() -> Iterator[None]:
    """The application lets everybody do and see everything: the rule, its query twin, and what clears."""
    from django.db import connections

    said_yes = {
        "nowrongdoor.rules.access.may_do": lambda *_, **__: True,
        "nowrongdoor.rules.access.sees": lambda _, *, at: _everything(at),
        "nowrongdoor.rules.access.sight_of_person": lambda *_, **__: ALL,
        "nowrongdoor.rules.access.sight_of_item": lambda *_, **__: ALL,
        "nowrongdoor.reading.clearing.hidden": lambda *_: (),
        "nowrongdoor.reading.people_search._as_seen": lambda people, _restricted, **_: people,
    }
    with ExitStack() as every:
        for name, says in said_yes.items():
            every.enter_context(mock.patch(name, says))
        for alias in ("default", wall.READER):
            if alias in connections.settings:
                every.enter_context(connections[alias].execute_wrapper(asking_nobody))
        yield


def _everything(at: datetime) -> Sees:
    return replace(
        seeing.of_role("team_lead", on=local_date(at))[0], reach=Reach.AGENCY, elements=ALL.elements
    )


def asking_nobody(execute: Any, statement: Any, parameters: Any, many: bool, context: Any) -> Any:
    """No statement of a page asks whose a part is, or whether something is sealed."""
    from nowrongdoor.reading import scope

    statement = in_text(statement, context).replace(scope.TIE.strip(), "true")
    statement = statement.replace(scope.STANDS_BEFORE.strip(), "true")
    for asked in ("p.agency_id = %(own_agency)s", "p.agency_id = %(agency)s", "NOT r.is_kept"):
        statement = statement.replace(asked, "true")
    return execute(statement, parameters, many, context)


def shows(life: str, item: str) -> bool:
    """Whether the wall lets our agency's pages read that part of that life at all."""
    return item not in SHUT.get(life, "")
