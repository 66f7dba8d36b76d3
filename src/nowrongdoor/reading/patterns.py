"""Patterns of looking in the access log, for `rules.snooping`: some agencies' looks since an instant."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.rules import snooping
from nowrongdoor.rules.identifiers import key, name_keys
from nowrongdoor.rules.snooping import Looked, Suspicion, Watched


def suspected(agencies: Sequence[UUID], *, since: datetime, at: datetime) -> list[Suspicion]:
    """What the looks of these agencies' members since then show. Four statements."""
    asked = {"agencies": list(agencies), "since": since, "until": at}
    looks = [Looked(*row) for row in _rows(LOOKS, asked)]
    if not looks:
        return []
    workers: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for agency_id, member_id, name in _rows(WORKERS, asked):
        workers[agency_id][member_id] = name
    looking = {workers[one.agency_id].get(one.member_id, "") for one in looks}
    pairs = sorted({pair for name in looking for pair in _pairs(name)})
    called = {"families": [family for family, _ in pairs], "givens": [given for _, given in pairs]}
    people = _rows(PEOPLE, {"people": list({one.person_id for one in looks})})
    return snooping.found(
        looks,
        people={row[0]: _watched(row) for row in people},
        workers=workers,
        of_workers_names=[_watched(row) for row in _rows(CALLED, called)],
        at=at,
    )


def _pairs(name: str) -> list[tuple[str, str]]:
    """How a member's name may be family and given name: where the one ends is not heard."""
    parts = name_keys(name)
    return [("".join(parts[cut:]), "".join(parts[:cut])) for cut in range(1, len(parts)) if key(name)]


def _watched(row: Sequence[object]) -> Watched:
    person_id, given, family, address, postcode, is_flagged = row
    assert isinstance(person_id, UUID)
    home = f"{address} {postcode}" if address and postcode else ""
    return Watched(person_id, f"{given} {family}", str(family), home, bool(is_flagged))


def _rows(statement: str, values: dict[str, object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


# Searches and lists show people in passing; only an opened record counts.
LOOKS = """
    SELECT l.id, l.member_id, l.agency_id, l.person_id, l.relationship, l.looked_at
    FROM access_log_look l
    WHERE l.agency_id = ANY(%(agencies)s) AND l.looked_at >= %(since)s AND l.looked_at <= %(until)s
        AND l.person_id IS NOT NULL AND l.relationship NOT IN ('found', 'none', 'reviewing')
    ORDER BY l.looked_at LIMIT 100000
"""
WORKERS = """
    SELECT DISTINCT t.agency_id, m.id, m.name FROM agencies_membership w
    JOIN agencies_team t ON t.id = w.team_id JOIN agencies_member m ON m.id = w.member_id
    WHERE t.agency_id = ANY(%(agencies)s)
"""
PEOPLE = """
    SELECT p.id, p.given_names, p.family_name, p.address, p.postcode,
        EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = p.id AND s.lifted_at IS NULL)
    FROM people_person p WHERE p.id = ANY(%(people)s)
"""
CALLED = """
    SELECT p.id, p.given_names, p.family_name, p.address, p.postcode, false
    FROM unnest(%(families)s::text[], %(givens)s::text[]) AS called(family_key, given_key)
    JOIN people_person p ON p.family_key = called.family_key AND p.given_key = called.given_key
"""
