"""
The story of one person, latest first, told from the journal: who did what, when, in whose name.

An act is told once, though it changed several rows. Pages are found by the last entry shown, not by
number, so that a story that grows meanwhile neither repeats nor skips.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.contacts.models import Signpost as SignpostRow
from nowrongdoor.data.messages.models import Message as MessageRow
from nowrongdoor.data.sharing.models import Seal as SealRow
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.tables import table_named
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import about_person, clearing, person_record
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import BLIND, Element
from nowrongdoor.rules.person import Person

SHOWN = 50
NAME_A_CONTACT = (SealRow, MessageRow, SignpostRow)


@dataclass(frozen=True)
class StoryBookmark:
    """Where a page of the story ends: the next one begins with what came before this."""

    recorded_at: datetime
    entry_id: UUID


@dataclass(frozen=True)
class Told:
    """One entry of the journal: `was` and `became` hold the columns that changed."""

    id: UUID
    kind: str
    subject_id: UUID
    referral_id: UUID | None
    happened_at: datetime
    was: dict[str, Any]
    became: dict[str, Any]


@dataclass(frozen=True)
class Act:
    """What one member did at one instant."""

    recorded_at: datetime
    by_name: str
    by_team: str
    agency_id: UUID | None
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Timeline:
    """
    `team_names` are those the entries speak of; `agencies` all that have recorded something in the whole
    story; `next` is where older entries begin, if there are any; `hidden` how many of these entries this
    viewer may not see.
    """

    person: Person
    has_twin: bool
    acts: tuple[Act, ...]
    team_names: dict[str, str]
    agencies: tuple[tuple[UUID, str], ...]
    next: StoryBookmark | None
    hidden: int
    last_seen_at: datetime | None
    """When this viewer last looked at the person before now; none where they never have."""


def of(
    person_id: UUID,
    *,
    seen: Vantage,
    before: StoryBookmark | None = None,
    agency_id: UUID | None = None,
    nouns: tuple[str, ...] = (),
) -> Timeline:
    """
    Fifty entries of the story, or of one agency's part in it, or of those about some nouns (`contact`,
    `handover`). Four statements. Raises `Missing` when there is no such person.
    """
    person, has_twin = person_record.known(person_id, seen=seen)
    kept = _kept_from(seen)
    agencies, last_seen_at = _agencies(person_id, kept, viewer=seen.viewer)
    rows = _entries(person_id, before, agency_id, nouns, kept)
    last = rows[SHOWN - 1] if len(rows) > SHOWN else None
    told = [one for one in map(partial(_as_seen, seen=seen), rows[:SHOWN]) if one]
    return Timeline(
        person,
        has_twin,
        tuple(_acts(told)),
        _team_names(one["changes"] for one in told),
        agencies,
        StoryBookmark(last["recorded_at"], last["id"]) if last else None,
        len(rows[:SHOWN]) - len(told),
        last_seen_at,
    )


def _kept_from(seen: Vantage) -> list[UUID]:
    """The sealed referrals and contacts that this viewer may not know of: nothing tells of them."""
    kept = []
    for one in seen.standing.seals:
        item = one.referral_id or one.contact_id
        if item and seen.of_item(referral_id=one.referral_id, contact_id=one.contact_id) is BLIND:
            kept.append(item)
    if not kept:
        return []
    # Nor that it was sealed, what was sent or of what they were told in it: those entries name a contact only
    # in what they changed.
    named = [one.objects.filter(contact_id__in=kept).values_list("pk") for one in NAME_A_CONTACT]
    return [*kept, *(key for (key,) in named[0].union(*named[1:]))]


def _as_seen(entry: dict[str, Any], *, seen: Vantage) -> dict[str, Any] | None:
    """The entry without what this viewer may not see of it; none where they may not see it at all."""
    if entry["subject"].startswith("sharing."):
        if not seen.of_person().shows(Element.ACCESS):
            return None
        about = entry["referral_id"]
        if about is None or seen.of_item(referral_id=about) is not BLIND:
            return entry
        # That it was shared is no secret; the words are about a referral this viewer may not see.
        told = {name: both for name, both in entry["changes"].items() if name != "words"}
        return {**entry, "changes": told}
    if entry["referral_id"]:
        sight = seen.of_item(referral_id=entry["referral_id"])
    elif entry["subject"] == CONTACTS.name:
        sight = seen.of_item(contact_id=entry["subject_id"])
    else:
        sight = seen.of_person()
    table = table_named(entry["subject"])
    if sight is BLIND or table is None or about_person.is_kept_back(entry, sight, at=seen.at):
        return None
    hidden = clearing.hidden(table, sight)
    if not hidden:
        return entry
    return {**entry, "changes": {name: both for name, both in entry["changes"].items() if name not in hidden}}


def _agencies(
    person_id: UUID, kept: list[UUID], *, viewer: Viewer
) -> tuple[tuple[tuple[UUID, str], ...], datetime | None]:
    """Whoever has recorded something, and when this viewer last looked: both by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(TELLERS, {"person": person_id, "kept": kept, "member": viewer.member_id})
        rows = cursor.fetchall()
    return tuple((key, name) for key, name, _ in rows), rows[0][2] if rows else None


def _entries(
    person_id: UUID,
    before: StoryBookmark | None,
    agency_id: UUID | None,
    nouns: tuple[str, ...],
    kept: list[UUID],
) -> list[dict[str, Any]]:
    values = {
        "nouns": list(nouns),
        "kept": kept,
        "person": person_id,
        "agency": agency_id,
        "before_at": before.recorded_at if before else None,
        "before_id": before.entry_id if before else None,
        "most": SHOWN + 1,
    }
    names = [field.attname for field in Entry._meta.fields]
    with connection.cursor() as cursor:
        cursor.execute(STORY, values)
        asked = [column.name for column in cursor.description]
        rows = [dict(zip(asked, row, strict=True)) for row in cursor.fetchall()]
    return [{name: _value(name, row[name]) for name in names} for row in rows]


def _value(name: str, value: Any) -> Any:
    return (
        Entry._meta.get_field("changes").from_db_value(value, None, connection)
        if name == "changes"
        else value
    )


def _acts(told: list[dict[str, Any]]) -> Iterator[Act]:
    for (recorded_at, by_name, by_team, agency_id), entries in groupby(
        told, key=lambda one: (one["recorded_at"], one["by_name"], one["by_team_name"], one["agency_id"])
    ):
        yield Act(recorded_at, by_name, by_team, agency_id, tuple(_told(one) for one in entries))


def _told(entry: dict[str, Any]) -> Told:
    changes = entry["changes"]
    return Told(
        entry["id"],
        entry["kind"],
        entry["subject_id"],
        entry["referral_id"],
        entry["happened_at"],
        {column: old for column, (old, _) in changes.items()},
        {column: new for column, (_, new) in changes.items()},
    )


def _team_names(changes: Iterable[dict[str, Any]]) -> dict[str, str]:
    ids = {
        value
        for one in changes
        for column, values in one.items()
        if column.endswith("team_id")
        for value in values
        if value
    }
    if not ids:
        return {}
    return {str(key): name for key, name in TeamRow.objects.filter(pk__in=ids).values_list("pk", "name")}


# The agencies of all those entries, each once. What is looked into is for those who look into it: not even
# that there is such an entry is told here.
TELLERS = """
    SELECT a.id, a.name, (
        SELECT max(looked_at) FROM access_log_look
         WHERE person_id = %(person)s AND member_id = %(member)s AND page IN ('person', 'person_timeline'))
    FROM agencies_agency a
    WHERE a.id IN (
        SELECT agency_id FROM journal_entry
         WHERE person_id = %(person)s AND subject_id <> ALL(%(kept)s::uuid[]) AND subject <> 'sharing.review'
           AND (referral_id IS NULL OR referral_id <> ALL(%(kept)s::uuid[]))
        UNION
        SELECT e.agency_id FROM referrals_referral r JOIN journal_entry e ON e.referral_id = r.id
         WHERE r.person_id = %(person)s AND r.id <> ALL(%(kept)s::uuid[])
        UNION
        SELECT e.agency_id FROM contacts_contact c
          JOIN journal_entry e ON e.subject = 'contacts.contact' AND e.subject_id = c.id
         WHERE c.person_id = %(person)s AND c.id <> ALL(%(kept)s::uuid[])
        UNION
        SELECT e.agency_id FROM contacts_contact c JOIN promises_promise p ON p.contact_id = c.id
          JOIN journal_entry e ON e.subject = 'promises.promise' AND e.subject_id = p.id
         WHERE c.person_id = %(person)s AND c.id <> ALL(%(kept)s::uuid[])
           AND (p.person_id IS NULL OR p.person_id = %(person)s))
    ORDER BY a.name
"""

# What is about the person by name, by one of their referrals, or by a contact that was linked later, with
# what was promised on it before anyone knew whom it was about.
STORY = """
    WITH mine AS MATERIALIZED (
        SELECT id FROM referrals_referral WHERE person_id = %(person)s AND id <> ALL(%(kept)s::uuid[])
    ), rang AS MATERIALIZED (
        SELECT 'contacts.contact' AS subject, id FROM contacts_contact
         WHERE person_id = %(person)s AND id <> ALL(%(kept)s::uuid[])
        UNION ALL
        SELECT 'promises.promise', p.id FROM contacts_contact c JOIN promises_promise p ON p.contact_id = c.id
         WHERE c.person_id = %(person)s AND c.id <> ALL(%(kept)s::uuid[])
           AND (p.person_id IS NULL OR p.person_id = %(person)s)
    )
    SELECT * FROM (
        (SELECT * FROM journal_entry
         WHERE person_id = %(person)s AND subject_id <> ALL(%(kept)s::uuid[]) AND subject <> 'sharing.review'
           AND (referral_id IS NULL OR referral_id <> ALL(%(kept)s::uuid[]))
           AND (%(agency)s::uuid IS NULL OR agency_id = %(agency)s::uuid)
           AND (%(nouns)s::text[] = '{}' OR split_part(kind, '.', 1) = ANY(%(nouns)s::text[]))
           AND (%(before_at)s::timestamptz IS NULL
                OR (recorded_at, id) < (%(before_at)s, %(before_id)s::uuid))
         ORDER BY recorded_at DESC, id DESC LIMIT %(most)s)
        UNION
        (SELECT * FROM journal_entry
         WHERE referral_id IN (SELECT id FROM mine)
           AND (%(agency)s::uuid IS NULL OR agency_id = %(agency)s::uuid)
           AND (%(nouns)s::text[] = '{}' OR split_part(kind, '.', 1) = ANY(%(nouns)s::text[]))
           AND (%(before_at)s::timestamptz IS NULL
                OR (recorded_at, id) < (%(before_at)s, %(before_id)s::uuid))
         ORDER BY recorded_at DESC, id DESC LIMIT %(most)s)
        UNION
        (SELECT * FROM journal_entry
         WHERE (subject, subject_id) IN (SELECT subject, id FROM rang)
           AND (%(agency)s::uuid IS NULL OR agency_id = %(agency)s::uuid)
           AND (%(nouns)s::text[] = '{}' OR split_part(kind, '.', 1) = ANY(%(nouns)s::text[]))
           AND (%(before_at)s::timestamptz IS NULL
                OR (recorded_at, id) < (%(before_at)s, %(before_id)s::uuid))
         ORDER BY recorded_at DESC, id DESC LIMIT %(most)s)
    ) AS story
    ORDER BY recorded_at DESC, id DESC
    LIMIT %(most)s
"""
