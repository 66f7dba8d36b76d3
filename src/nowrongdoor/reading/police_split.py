"""
Calls to the police and what became of people, by one group at a time: counts of the whole place that are
rounded and never small, as PostgreSQL hands them out past the second wall. Whoever is restricted is in none.
"""

from collections import defaultdict
from datetime import datetime

from django.db import connection

from nowrongdoor.reading.police_calls import MONTH
from nowrongdoor.rules import equality, law, police_gaps, police_split
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import deprivation, seeing
from nowrongdoor.rules.police_split import Counts, Key


def told(*, at: datetime) -> Counts:
    """By split, as it stood at the end of the last Sunday. One statement, about nobody."""
    ways = law.codes("care_contact_ways", on=local_date(at))
    bands = law.codes("age_bands", on=local_date(at))
    fifths = deprivation.of_areas(at=at)
    until = police_split.up_to(at)
    asked = {
        "at": until,
        "since": until - seeing.most("gap_months", at=at) * MONTH,
        "hours": list(police_gaps.hours(at=at)),
        "face_to_face": [one.code for one in ways if one.entails == "face_to_face"],
        "spoken": [one.code for one in ways if one.entails],
        "bands": [one.code for one in bands],
        "youngest": [int(one.code.partition("_")[0]) for one in bands],
        "areas": list(fifths),
        "fifths": list(fifths.values()),
        "headings": list(equality.SAID),
        "least": seeing.most("figure_below", at=at),
        "to": seeing.most("figure_to", at=at),
    }
    found: dict[str, dict[Key, int | None]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(SPLIT, asked)
        for split, line, outcome, place, how, many in cursor.fetchall():
            found[split][line, outcome, place, how] = many
    return found


SPLIT = """
    SELECT split, line, outcome, place, how, many
    FROM police_split(%(at)s, %(since)s, %(hours)s, %(face_to_face)s, %(spoken)s, %(bands)s, %(youngest)s,
        %(areas)s, %(fifths)s, %(headings)s, %(least)s, %(to)s)
"""
