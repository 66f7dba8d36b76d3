"""
What must hold of records that are one person's, asked of the rows in a way of its own.

Nothing here asks `rules.merging`: who is one person is found by joining pairs, and what is seen is compared
with what was seen before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from nowrongdoor.console.prove.one_person.places import Place
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.merging import Merge
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.sim import standing
from nowrongdoor.sim.rows import KINDS, Rows

Seen = frozenset[tuple[UUID, UUID]]


def all_rows(rows: Rows) -> dict[str, Any]:
    """Everything but what merging writes: rows of every other kind, and the seals that stand."""
    others = {kind.__name__: dict(rows.tables[kind]) for kind in KINDS if kind not in (Merge, Seal)}
    return others | {"Seal": {one.id: one for one in rows.every(Seal) if one.lifted_at is None}}


def moved(before: dict[str, Any], after: dict[str, Any], *, but_for: Iterable[str] = ()) -> list[str]:
    """Kinds of row that are not what they were."""
    return [kind for kind in before if kind not in but_for and before[kind] != after[kind]]


def seen(place: Place, at: datetime) -> Seen:
    """Who sees which record and which referral at that instant."""
    return frozenset(
        (viewer.member_id, key)
        for viewer in place.viewers
        for key in (*place.people, *place.rows.tables[Referral])
        if _sees(place.rows, viewer, key, at)
    )


def _sees(rows: Rows, viewer: Viewer, key: UUID, at: datetime) -> bool:
    needs = standing.need_referral if key in rows.tables[Referral] else standing.need_person
    try:
        needs(rows, key, by=viewer, at=at)
    except Missing:
        return False
    return True


def people(rows: Rows, records: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Of each record, all that are one person's with it: by joining pairs until nothing joins any more."""
    found = {one: frozenset({one}) for one in records}
    for each in rows.every(Merge):
        if each.state == "merged":
            together = found[each.record_id] | found[each.into_id]
            for one in together:
                found[one] = together
    return found


def wrong(place: Place) -> Iterator[str]:
    """What does not hold now, in words."""
    rows = place.rows
    theirs = people(rows, place.people)
    yield from _rings(rows, place.people)
    yield from _restrictions(rows, theirs)
    yield from _kept_from(place, theirs)
    for each in rows.every(Merge):
        if not each.evidence or (each.state != "proposed" and not (each.decided_by_id and each.words)):
            yield "a merge without evidence, or without who decided and why"
    held = [one.referral_id for one in rows.every(Holding) if one.until_at is None]
    still_open = [one.id for one in rows.every(Referral) if one.closed_at is None]
    if sorted(held) != sorted(still_open):
        yield "an open referral that nobody holds, or two hold"


def _rings(rows: Rows, records: Iterable[UUID]) -> Iterator[str]:
    up: dict[UUID, UUID] = {}
    for each in rows.every(Merge):
        if each.state == "merged":
            if each.record_id in up:
                yield "a record that is read through two"
            up[each.record_id] = each.into_id
    for record in records:
        passed = set()
        while record in up:
            if record in passed:
                yield "a ring of merges"
                break
            passed.add(record)
            record = up[record]


def _restrictions(rows: Rows, theirs: dict[UUID, frozenset[UUID]]) -> Iterator[str]:
    """A record is restricted when any of the person's is, against the same; and only then."""
    standing_now = [one for one in rows.every(Seal) if one.lifted_at is None and not one.referral_id]
    own = [one for one in standing_now if one.carried_from_id is None]
    for record, together in theirs.items():
        must = sorted((one.against_agency_id or OPEN, one.against_member_id or OPEN)
                      for one in own if one.person_id in together)  # fmt: skip
        does = sorted((one.against_agency_id or OPEN, one.against_member_id or OPEN)
                      for one in standing_now if one.person_id == record)  # fmt: skip
        if must != does:
            yield "a restriction that does not hold on every record, or holds on one too many"


def _kept_from(place: Place, theirs: dict[UUID, frozenset[UUID]]) -> Iterator[str]:
    """Whom a seal is against sees no record of that person, unless their own team holds that record."""
    rows = place.rows
    for one in rows.every(Seal):
        is_against_some = one.against_agency_id or one.against_member_id
        if one.lifted_at is not None or one.referral_id or not is_against_some:
            continue
        for viewer in place.viewers:
            if not access.is_against(viewer, _kept(one)):
                continue
            for record in theirs[one.person_id]:
                if _sees(rows, viewer, record, place.at) and not _answers(rows, viewer, record, place.at):
                    yield "somebody sees a record of whom a seal keeps safe from them"


def _answers(rows: Rows, viewer: Viewer, record: UUID, at: datetime) -> bool:
    return standing.gives_way(rows, person_id=record, referral_id=None, contact_id=None, by=viewer, at=at)


def _kept(one: Seal) -> access.Sealed:
    return access.Sealed(one.person_id, None, None, one.against_agency_id, one.against_member_id)


OPEN = UUID(int=0)
