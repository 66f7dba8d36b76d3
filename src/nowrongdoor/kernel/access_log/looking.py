"""Recording looks. A page says whom it shows; all of it is written in one statement before it is sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import DEFAULT_DB_ALIAS, connections

from nowrongdoor.kernel.live import asking
from nowrongdoor.kernel.paces import COUNT, Pace, judge
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.kernel.wall import engine

Who = dict[str, UUID | str | None]
FOUND = "found"
"""The tie of somebody whom a search or a list shows: the page itself says by which right."""


@dataclass(frozen=True)
class Seen:
    """One person, or what is known of one, as a page shows them. `elements` as in `rules.access`."""

    person_id: UUID | None
    referral_id: UUID | None = None
    contact_id: UUID | None = None
    elements: tuple[str, ...] = ("identity",)
    relationship: str = FOUND

    @property
    def is_somebody(self) -> bool:
        """A line about nobody, as a call whose list alone says whom to ring, is no look at anyone."""
        return (self.person_id or self.referral_id or self.contact_id) is not None


def record(
    seen: Iterable[Seen],
    *,
    page: str,
    purpose: str,
    by: Viewer,
    at: datetime,
    pace: Pace | None = None,
    but_not_since: datetime | None = None,
) -> None:
    """
    One row for each of those seen, written together; nothing is written where nobody was shown. Nor, where a
    page only asked for itself again, of whom it showed since then just so: that look goes on.
    """
    if but_not_since and pace is None:
        looker = Looker(by, page, purpose)
        record_of_many([(looker, one) for one in seen], at=at, but_not_since=but_not_since)
        return
    who: Who = {
        "member": by.member_id,
        "member_name": by.member_name,
        "team": by.team_id,
        "team_name": by.team_name,
        "agency": by.agency_id,
        "role": by.role,
    }
    _record(seen, page=page, purpose=purpose, who=who, at=at, pace=pace)


def record_outside(seen: Seen, *, page: str, role: str, purpose: str, name: str, at: datetime) -> None:
    """A person looked at their own record, or a carer: of no team. `name` is what the log calls them."""
    who: Who = {
        "member": None,
        "member_name": name,
        "team": None,
        "team_name": "",
        "agency": None,
        "role": role,
    }
    _record((seen,), page=page, purpose=purpose, who=who, at=at)


def _record(
    seen: Iterable[Seen],
    *,
    page: str,
    purpose: str,
    who: Who,
    at: datetime,
    pace: Pace | None = None,
) -> None:
    rows = [one for one in dict.fromkeys(seen) if one.is_somebody]
    if not rows and pace is None:
        return
    # A try is counted among sign-ins, where the reader of pages may not look; and stays counted.
    with connections[engine() if pace else DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            COUNT_AND_RECORD if pace else RECORD,
            {
                **(pace.params() if pace else {}),
                **who,
                "at": at,
                "purpose": purpose,
                "page": page,
                "ids": [uuid4() for _ in rows],
                "ties": [one.relationship for one in rows],
                "people": [one.person_id for one in rows],
                "referrals": [one.referral_id for one in rows],
                "contacts": [one.contact_id for one in rows],
                "elements": [" ".join(one.elements) for one in rows],
            },
        )
        if pace is not None:
            judge(pace, *cursor.fetchone())


@dataclass(frozen=True)
class Looker:
    """Somebody to whom a screen is about to show people: who they are, and on which page, and what for."""

    by: Viewer
    page: str
    purpose: str


def record_of_many(
    looks: Sequence[tuple[Looker, Seen]], *, at: datetime, but_not_since: datetime
) -> None:
    """
    What screens of many members are about to show, in one statement, before any of it is sent: one row for
    each of those seen, but for whom that member was shown just so since then.
    """
    rows = [one for one in dict.fromkeys(looks) if one[1].is_somebody]
    if not rows:
        return
    # Each who looks is told once, and which of them it was for each row.
    who = list(dict.fromkeys(one for one, _ in rows))
    place = {one: number for number, one in enumerate(who, start=1)}
    asking.planned(
        RECORD_NEW,
        {
            "at": at,
            "since": but_not_since,
            "members": [one.by.member_id for one in who],
            "names": [one.by.member_name for one in who],
            "teams": [one.by.team_id for one in who],
            "team_names": [one.by.team_name for one in who],
            "agencies": [one.by.agency_id for one in who],
            "roles": [one.by.role for one in who],
            "purposes": [one.purpose for one in who],
            "pages": [one.page for one in who],
            "by": [place[one] for one, _ in rows],
            "ties": [seen.relationship for _, seen in rows],
            "people": [seen.person_id for _, seen in rows],
            "referrals": [seen.referral_id for _, seen in rows],
            "contacts": [seen.contact_id for _, seen in rows],
            "elements": [" ".join(seen.elements) for _, seen in rows],
        },
    )


def record_acted(fits: Mapping[str, tuple[str, tuple[str, ...]]]) -> None:
    """
    For a history that was acted without screens: one look for each act about somebody who is known, by
    whoever acted. `fits` is, for each role, its purpose and the elements it sees.
    """
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            RECORD_ACTED,
            {
                "roles": list(fits),
                "purposes": [purpose for purpose, _ in fits.values()],
                "elements": [" ".join(elements) for _, elements in fits.values()],
            },
        )


# What is the same for everyone on the page is sent once: a board shows a hundred people and more.
RECORD = """
    INSERT INTO access_log_look (id, looked_at, member_id, member_name, team_id, team_name, agency_id, role,
        purpose, relationship, person_id, referral_id, contact_id, elements, page)
    SELECT seen.id, %(at)s, %(member)s::uuid, %(member_name)s, %(team)s::uuid, %(team_name)s,
        %(agency)s::uuid, %(role)s,
        %(purpose)s, seen.tie, seen.person_id, seen.referral_id, seen.contact_id,
        string_to_array(seen.elements, ' '), %(page)s
    FROM unnest(%(ids)s::uuid[], %(ties)s::text[], %(people)s::uuid[], %(referrals)s::uuid[],
        %(contacts)s::uuid[], %(elements)s::text[])
        AS seen (id, tie, person_id, referral_id, contact_id, elements)
"""
# The same for many members at once, each of whom was shown their own; but not of whom they saw just so on
# that page a moment ago: a screen that is made again whenever something changes shows the same people a
# thousand times a day. Who comes onto it is new on it. What each was shown lately is read once, through the
# index by member (the offset keeps the planner from reading the whole agency's), and put beside what is
# shown now by a hash. One of the three keys is always there; to compare with none cannot be hashed.
RECORD_NEW = """
    WITH lately AS MATERIALIZED (
        SELECT one.* FROM (SELECT DISTINCT unnest(%(members)s::uuid[]) AS id) AS member
        CROSS JOIN LATERAL (
            SELECT b.member_id, b.page, b.team_id, b.role, b.purpose, b.relationship, b.person_id,
                b.referral_id, b.contact_id, b.elements
            FROM access_log_look b
            WHERE b.member_id = member.id AND b.looked_at > %(since)s AND b.looked_at <= %(at)s
            OFFSET 0) AS one
    )
    INSERT INTO access_log_look (id, looked_at, member_id, member_name, team_id, team_name, agency_id, role,
        purpose, relationship, person_id, referral_id, contact_id, elements, page)
    SELECT gen_random_uuid(), %(at)s, who.member_id, who.member_name, who.team_id, who.team_name,
        who.agency_id, who.role, who.purpose, seen.tie, seen.person_id, seen.referral_id, seen.contact_id,
        string_to_array(seen.elements, ' '), who.page
    FROM unnest(%(by)s::bigint[], %(ties)s::text[], %(people)s::uuid[], %(referrals)s::uuid[],
        %(contacts)s::uuid[], %(elements)s::text[])
        AS seen (by, tie, person_id, referral_id, contact_id, elements)
    JOIN unnest(%(members)s::uuid[], %(names)s::text[], %(teams)s::uuid[], %(team_names)s::text[],
        %(agencies)s::uuid[], %(roles)s::text[], %(purposes)s::text[], %(pages)s::text[]) WITH ORDINALITY
        AS who (member_id, member_name, team_id, team_name, agency_id, role, purpose, page, place)
        ON who.place = seen.by
    WHERE NOT EXISTS (
        SELECT FROM lately before
        WHERE before.member_id = who.member_id AND before.page = who.page
            AND before.team_id = who.team_id AND before.role = who.role
            AND before.purpose = who.purpose AND before.relationship = seen.tie
            AND coalesce(before.referral_id, before.person_id, before.contact_id)
                = coalesce(seen.referral_id, seen.person_id, seen.contact_id)
            AND (before.person_id, before.referral_id, before.contact_id)
                IS NOT DISTINCT FROM (seen.person_id, seen.referral_id, seen.contact_id)
            AND before.elements @> string_to_array(seen.elements, ' ')
    )
"""
# The same, with the try counted by that statement: of one too many nothing is recorded, for it is not shown.
COUNT_AND_RECORD = (
    "WITH pace AS ("
    + COUNT.replace("RETURNING value::int, expires", "RETURNING value::int AS tries, expires")
    + "), looked AS ("
    + RECORD
    + " CROSS JOIN pace WHERE pace.tries <= %(most)s RETURNING 1) SELECT tries, expires FROM pace"
)
# Whoever recorded it took part in it; in which role is told by their membership at that instant.
RECORD_ACTED = """
    INSERT INTO access_log_look (id, looked_at, member_id, member_name, team_id, team_name, agency_id, role,
        purpose, relationship, person_id, referral_id, contact_id, elements, page)
    SELECT gen_random_uuid(), e.recorded_at, e.by_member_id, e.by_name, e.by_team_id, e.by_team_name,
        e.agency_id, m.role, s.purpose, 'participating', e.person_id, e.referral_id, NULL,
        string_to_array(s.elements, ' '), CASE WHEN e.referral_id IS NULL THEN 'person' ELSE 'referral' END
    FROM (
        SELECT DISTINCT recorded_at, by_member_id, by_name, by_team_id, by_team_name, agency_id, person_id,
            referral_id
        FROM journal_entry
        WHERE person_id IS NOT NULL AND by_member_id IS NOT NULL AND by_team_id IS NOT NULL
    ) e
    CROSS JOIN LATERAL (
        SELECT w.role FROM agencies_membership w
        WHERE w.member_id = e.by_member_id AND w.team_id = e.by_team_id AND w.from_at <= e.recorded_at
        ORDER BY w.from_at DESC LIMIT 1) m
    JOIN unnest(%(roles)s::text[], %(purposes)s::text[], %(elements)s::text[])
        AS s (role, purpose, elements) ON s.role = m.role
"""
