"""
Every call to the police of the last months as a line that is of nobody: for the partner gap monitor. Whoever
may read figures reads of the whole place, as counts alone, and `rules.police_gaps` counts them.
"""

from datetime import datetime, timedelta

from django.db import connection

from nowrongdoor.rules import law, police_gaps
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import forces, seeing
from nowrongdoor.rules.police_gaps import Call

MONTH = timedelta(days=30.5)


def told(*, at: datetime) -> tuple[Call, ...]:
    """The calls, by day. One statement, about nobody; whoever is restricted is left out."""
    ways = law.codes("care_contact_ways", on=local_date(at))
    asked = {
        "at": at,
        "since": at - seeing.most("gap_months", at=at) * MONTH,
        "hours": list(police_gaps.hours(at=at)),
        "repeat_hours": seeing.most("gap_repeat_hours", at=at),
        "adult": forces.adult(on=local_date(at)),
        "face_to_face": [one.code for one in ways if one.entails == "face_to_face"],
        "spoken": [one.code for one in ways if one.entails],
    }
    with connection.cursor() as cursor:
        cursor.execute(CALLS, asked)
        return tuple(Call(*row[:-1], tuple(row[-1])) for row in cursor.fetchall())


CALLS = """
    SELECT force, category, sector, age_band, asked_on, outcome, accepted_by, without_s, seen_s, seen_by,
        spoken_s, police_s, is_repeated, stood
    FROM police_calls(%(at)s, %(since)s, %(hours)s, %(repeat_hours)s, %(adult)s, %(face_to_face)s, %(spoken)s)
    ORDER BY asked_on, force, category
"""
