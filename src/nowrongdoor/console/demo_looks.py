"""
The looks that a demonstration's history would have left: whoever acted for somebody had their record open.

The history is acted without screens, and without these the person would read that nobody has ever looked.
"""

from datetime import datetime

from django.db import connection

from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import rows, seeing


def look_back(*, until: datetime) -> None:
    """One look for each act about somebody that is known, at its instant: one statement for them all."""
    fits = {
        role: found
        for role in sorted({one["role"] for one in rows("role_sees")})
        if (found := seeing.for_purpose(role, "", on=local_date(until))) is not None
    }
    with connection.cursor() as cursor:
        cursor.execute(
            LOOKS,
            {
                "roles": list(fits),
                "purposes": [one.purpose for one in fits.values()],
                "elements": [" ".join(sorted(one.elements)) for one in fits.values()],
            },
        )


# Whoever recorded it took part in it; in which role is told by their membership at that instant.
LOOKS = """
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
        AS s (role, purpose, elements) ON s.role = m.role AND s.elements <> ''
"""
