"""
Which of many referrals a viewer may see: for lists, where each line is asked about at once.

What is sealed from the viewer is left out by the statement that lists and counts (`NOT_KEPT`), so that no
number betrays it. Of the lines that are shown, `sights` then asks the rule itself for each, with the
parts of all of them read by one statement.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from psycopg import sql

from nowrongdoor.data.participations.scopes import ANY_TIE, STANDS_BEFORE, TIE, UNSEALS, tie_params
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element, Relationship, Sealed, Sight, Standing
from nowrongdoor.rules.participation import Participation

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
# When a part that was read counts: now, a while after it ended, or as no tie at all.
WHEN: dict[str, Callable[[datetime], tuple[datetime, datetime | None]]] = {
    "ties": lambda at: (at, None),
    "late": lambda at: (LONG_AGO, at),
    "took": lambda at: (LONG_AGO, LONG_AGO),
}

# To be put after WHERE … AND, over what the board is told of referrals, `board_referral r`. Few are kept: of
# those, the rule for one item is asked of the referral itself, which is there for whoever has a part in it:
# whether a tie to the person stands before each seal on them, and then what opens this very referral. Seals
# on either are asked for by two tests, for each is answered by an index of its own.
STANDS_BEFORE_ALL = f"""
    {TIE} AND NOT EXISTS (
        SELECT FROM sharing_seal s
        WHERE s.person_id = k.person_id AND s.referral_id IS NULL AND s.contact_id IS NULL
          AND s.lifted_at IS NULL AND NOT {STANDS_BEFORE})
    AND NOT EXISTS (
        SELECT FROM sharing_seal s WHERE s.referral_id = k.id AND s.lifted_at IS NULL AND NOT {STANDS_BEFORE})
"""
# A part in the referral that gives no tie before the seal of a person, but before one on the referral alone.
SHARED_WITH = TIE.replace("%(ties_now)s", "%(ties_shared)s")
# Asked as a value of each one: whether there is one, PostgreSQL would find out of all referrals at once.
# In turn: a part in the referral, or it is shared with them; the glass broken, or told to keep safe; and of a
# restricted person, where the referral itself is not sealed, that the agency once had a part in it, or is
# shared with.
NOT_KEPT = f"""
    (NOT r.is_kept OR (
        SELECT NOT EXISTS (
            SELECT FROM sharing_seal s
            WHERE s.person_id = k.person_id AND s.referral_id IS NULL AND s.contact_id IS NULL
              AND s.lifted_at IS NULL AND NOT EXISTS (
                SELECT FROM participations_participation p
                WHERE p.person_id = s.person_id AND {TIE} AND {STANDS_BEFORE}))
        AND (EXISTS (
                SELECT FROM participations_participation p WHERE p.referral_id = k.id AND {STANDS_BEFORE_ALL})
            OR (NOT EXISTS (
                    SELECT FROM sharing_seal s WHERE s.referral_id = k.id AND s.lifted_at IS NULL
                      AND seal_is_against(s.id, %(own_agency)s, %(own_member)s))
                AND (EXISTS (
                        SELECT FROM participations_participation p
                        WHERE p.person_id = k.person_id AND (p.part = 'broke_glass'
                            OR (p.part = 'shared' AND p.purpose = '' AND p.referral_id IS NULL)) AND {TIE})
                    OR (NOT EXISTS (
                            SELECT FROM sharing_seal s
                            WHERE s.person_id = k.person_id AND s.referral_id IS NULL
                              AND s.contact_id IS NULL AND s.lifted_at IS NULL)
                        AND EXISTS (
                            SELECT FROM participations_participation p
                            WHERE p.referral_id = k.id AND {SHARED_WITH}))))
            OR (NOT EXISTS (SELECT FROM sharing_seal s WHERE s.referral_id = k.id AND s.lifted_at IS NULL)
                AND (EXISTS (
                        SELECT FROM participations_participation p
                        WHERE p.referral_id = k.id AND p.agency_id = %(own_agency)s)
                    OR EXISTS (
                        SELECT FROM participations_participation p
                        WHERE p.person_id = k.person_id AND p.agency_id = %(own_agency)s
                          AND p.from_at <= %(seen_at)s AND (p.until_at IS NULL OR p.until_at > %(seen_at)s)
                          AND ((p.part = 'shared' AND p.purpose = ANY(%(own_purposes)s))
                            OR (p.part = 'broke_glass' AND p.member_id = %(own_member)s))))))
        FROM referrals_referral k WHERE k.id = r.id))
"""
# The same where those of what is kept that the viewer may see were found out before.
NOT_KEPT_BUT = "(NOT r.is_kept OR r.id = ANY(%(though_kept)s))"
# Likewise: for one need, and of one area. What for and where are known of those referrals alone in which the
# viewer's agency has a part, and where of nobody who is restricted: else what is left out would tell it.
CHOSEN = """
    (%(need)s = '' OR EXISTS (
        SELECT FROM referrals_referral d WHERE d.id = r.id AND d.needs @> ARRAY[%(need)s] AND EXISTS (
            SELECT FROM participations_participation p
            WHERE p.agency_id = %(own_agency)s AND (p.referral_id = d.id OR p.person_id = d.person_id))))
    AND (%(area)s = '' OR EXISTS (
        SELECT FROM referrals_referral d JOIN people_person q ON q.id = d.person_id
        WHERE d.id = r.id AND split_part(q.postcode, ' ', 1) = %(area)s AND EXISTS (
            SELECT FROM participations_participation p
            WHERE p.agency_id = %(own_agency)s AND (p.referral_id = d.id OR p.person_id = d.person_id))
          AND NOT EXISTS (
            SELECT FROM sharing_seal s WHERE s.person_id = q.id AND s.referral_id IS NULL
              AND s.contact_id IS NULL AND s.lifted_at IS NULL)))
"""


def params(viewer: Viewer, *, at: datetime) -> dict[str, object]:
    """What `NOT_KEPT` asks for."""
    shared = tie_params(viewer, at=at, among=frozenset({Relationship.SHARED}))["ties_now"]
    return {**tie_params(viewer, at=at, among=UNSEALS), "ties_shared": shared}


def visible(referrals: Mapping[UUID, UUID | None], *, viewer: Viewer, at: datetime) -> frozenset[UUID]:
    """Of these referrals, each with the person it is about, those that this viewer may see. One statement."""
    return frozenset(sights(referrals, viewer=viewer, at=at))


def sights(referrals: Mapping[UUID, UUID | None], *, viewer: Viewer, at: datetime) -> dict[UUID, Sight]:
    """
    Of these referrals, each with the person it is about, those that this viewer may see, and what of each
    a list may show. One statement.
    """
    if not referrals:
        return {}
    people = {person for person in referrals.values() if person}
    asked = {
        **tie_params(viewer, at=at, among=ANY_TIE),
        "referrals": sorted(referrals),
        "people": sorted(people),
    }
    rows = sharing.asked(PARTS, asked)
    by_person: dict[UUID, list[Participation]] = defaultdict(list)
    by_referral: dict[UUID, list[Participation]] = defaultdict(list)
    seals: dict[UUID, list[Sealed]] = defaultdict(list)
    for kind, *row in rows:
        if kind == "seal":
            against = viewer.agency_id if row[8] else None
            seals[row[6] or row[5]].append(Sealed(*row[5:8], against))
            continue
        when = WHEN[kind](at)
        part = Participation(*row[:8], *when, row[8])
        if part.person_id:
            by_person[part.person_id].append(part)
        elif part.referral_id:
            by_referral[part.referral_id].append(part)
    found = {}
    for key, person in referrals.items():
        parts = by_person[person] if person else by_referral[key]
        if not parts:
            continue  # no tie of any kind, and so nothing to see: of most that other agencies hold
        standing = Standing(tuple(parts), (*seals[key], *(seals[person] if person else ())))
        sight = access.sight_of_item(viewer, standing, referral_id=key, at=at)
        if standing.is_restricted:
            # Where a restricted person is stands in their record, for whoever may see it there; on no list.
            sight = replace(sight, elements=sight.elements - {Element.WHEREABOUTS})
        if sight.elements:
            found[key] = sight
    return found


# As few parts as answer for all: for each person and each referral one that ties the viewer to them, one that
# stands before a seal where there is one; what was shared with anybody of their agency; and that their agency
# had a part in a referral at all. What the viewer's own team is answerable for now comes before all else: it
# alone stands before a seal against them.
PARTS = sql.SQL("""
    SELECT one.* FROM (
        SELECT DISTINCT ON (p.person_id) {counts}, {columns} FROM participations_participation p
        WHERE p.person_id = ANY(%(people)s) AND {tie}
        ORDER BY p.person_id, {near}, p.part IN ('claimed', 'shared'), p.team_id <> %(own_team)s) one
    UNION ALL
    SELECT one.* FROM (
        SELECT DISTINCT ON (p.referral_id) {counts}, {columns} FROM participations_participation p
        WHERE p.referral_id = ANY(%(referrals)s) AND {tie}
        ORDER BY p.referral_id, {near}, p.part IN ('claimed', 'shared'), p.team_id <> %(own_team)s) one
    UNION ALL
    SELECT 'ties', {columns} FROM participations_participation p
    WHERE p.person_id = ANY(%(people)s) AND p.agency_id = %(own_agency)s
      AND p.part IN ('shared', 'broke_glass') AND p.from_at <= %(seen_at)s
      AND (p.until_at IS NULL OR p.until_at > %(seen_at)s)
    UNION ALL
    SELECT 'took', one.* FROM (
        SELECT DISTINCT ON (p.referral_id) {columns} FROM participations_participation p
        WHERE p.referral_id = ANY(%(referrals)s) AND p.agency_id = %(own_agency)s
        ORDER BY p.referral_id) one
    UNION ALL
    SELECT 'seal', s.id, '', s.id, s.id, s.id, s.person_id, s.referral_id, s.contact_id,
        CASE WHEN seal_is_against(s.id, %(own_agency)s, %(own_member)s) THEN 'against' ELSE '' END
    FROM sharing_seal s
    WHERE s.lifted_at IS NULL AND s.contact_id IS NULL
      AND (s.referral_id = ANY(%(referrals)s) OR (s.person_id = ANY(%(people)s) AND s.referral_id IS NULL))
""").format(
    tie=sql.SQL(TIE),
    counts=sql.SQL("CASE WHEN p.until_at <= %(seen_at)s THEN 'late' ELSE 'ties' END"),
    near=sql.SQL(
        "p.team_id <> %(own_team)s OR p.part <> ALL(%(ties_close)s)"
        " OR coalesce(p.until_at <= %(seen_at)s, false)"
    ),
    columns=sql.SQL(
        "p.id, p.part, p.agency_id, p.team_id, p.member_id, p.person_id, p.referral_id, p.contact_id,"
        " p.purpose"
    ),
)
