"""
Guidance a place owns: its versions with who wrote and looked at them, and past cases as far as they are
known.

A page reads past cases as the second wall shows them: those of people in whose care the viewer's own agency
has or had a part.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.guidance.facts import APPRAISALS, VERSIONS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import scope
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules import equality, local_guidance, replaying, response_advice
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance_versions import IN_USE, Appraisal, Version
from nowrongdoor.rules.replaying import Case, Changed
from nowrongdoor.rules.response_advice import Standing

NAMES = ("agency__name", "author__name", "author_agency__name", "live_by__name")
MOST_VERSIONS = 200
# So many of the latest decisions are replayed at once; the page says where there are more.
MOST_CASES = 100_000
SHOWN_CASES = 20


@dataclass(frozen=True)
class VersionLine:
    """A version with the names it leads to; no agency's is the whole place's."""

    version: Version
    agency: str
    author: str
    author_agency: str
    live_by: str


@dataclass(frozen=True)
class AppraisalLine:
    appraisal: Appraisal
    member: str
    agency: str


def all_of_the_place() -> list[VersionLine]:
    """Every version, the latest first."""
    rows = VERSIONS.model.objects.order_by("-uploaded_at", "id").values_list(*under(VERSIONS), *NAMES)
    return [_line(values) for values in rows[:MOST_VERSIONS]]


def one(version_id: UUID) -> VersionLine:
    """One version. Raises `Missing`."""
    values = VERSIONS.model.objects.filter(pk=version_id).values_list(*under(VERSIONS), *NAMES).first()
    if values is None:
        raise Missing(VERSIONS.name)
    return _line(values)


def said_of(version_id: UUID) -> list[AppraisalLine]:
    """What partners said of a version, the latest first."""
    rows = APPRAISALS.model.objects.filter(guidance_version_id=version_id).order_by("-appraised_at", "id")
    columns = (*under(APPRAISALS), "member__name", "agency__name")
    found = []
    for values in rows.values_list(*columns):
        cells = Cells(values)
        found.append(AppraisalLine(cells.facts(APPRAISALS), cells.take(), cells.take()))
    return found


def stands(*, viewer: Viewer, at: datetime) -> Standing:
    """The guidance that stands for the viewer's agency now."""
    return of(in_use(), agency_id=viewer.agency_id, on=local_date(at))


def of(versions: Iterable[Version], *, agency_id: UUID | None, on: date) -> Standing:
    return local_guidance.stands(versions, agency_id=agency_id, on=on)


def in_use() -> list[Version]:
    """The versions that can stand on some day, or are asked beside what does."""
    rows = VERSIONS.model.objects.filter(state__in=IN_USE)
    return [VERSIONS.of(values) for values in rows.values_list(*under(VERSIONS))]


def cases(*, at: datetime) -> tuple[list[Case], bool]:
    """
    What was decided in the past, the latest first, and whether there is more: as it was told then, or for
    older ones as far as it is known. What nobody asked stays not known. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(CASES, {"most": MOST_CASES + 1, "headings": list(equality.SAID)})
        rows = cursor.fetchall()
    found = [_case(row, at=at) for row in rows[:MOST_CASES]]
    return found, len(rows) > MOST_CASES


def _case(row: tuple[Any, ...], *, at: datetime) -> Case:
    referral_id, person_id, decided_at, team, inputs, answers, born_on, near, said = row
    inputs, answers, said = map(_read, (inputs, answers, said))
    told = inputs or response_advice.inputs_of(answers or {}, born_on=born_on, at=decided_at)
    groups = {
        "age": replaying.age_band(told.get("age"), at=at),
        **{heading: _said(heading, said or {}, at=at) for heading in equality.SAID},
        "deprivation": equality.deprivation_group(near, at=at),
        "place": equality.place_group(near),
        "team": team,
        "known": "As it was told then" if inputs else "As far as it is known",
    }
    return Case((referral_id, person_id), told, decided_at, groups)


def _read(document: Any) -> Any:
    return json.loads(document) if isinstance(document, str) else document


def _said(heading: str, said: Mapping[str, Any], *, at: datetime) -> str:
    state, codes = said.get(heading) or (None, ())
    return equality.said_group(heading, state, codes, at=at)


def may_be_opened(changed: Iterable[Changed], *, viewer: Viewer, at: datetime) -> list[Changed]:
    """The latest of these cases that this viewer may see. One statement."""
    latest = sorted(changed, key=lambda one: one.case.decided_at, reverse=True)[: SHOWN_CASES * 10]
    seen = scope.visible(dict(one.case.key for one in latest), viewer=viewer, at=at)
    return [one for one in latest if one.case.key[0] in seen][:SHOWN_CASES]


def _line(values: tuple[object, ...]) -> VersionLine:
    cells = Cells(values)
    return VersionLine(cells.facts(VERSIONS), *(str(cells.take() or "") for _ in NAMES))


# What people said of themselves and where they live is joined for the groups alone; guidance is not told it.
CASES = """
    WITH stands AS (
        SELECT DISTINCT ON (o.person_id, o.heading) o.person_id, o.heading, o.state, o.codes
        FROM people_aboutanswer o
        WHERE o.heading = ANY(%(headings)s)
          AND NOT EXISTS (SELECT FROM people_aboutanswer n WHERE n.replaces_id = o.id)
        ORDER BY o.person_id, o.heading, o.said_on DESC, o.written_at DESC, o.id DESC
    ), said AS (
        SELECT s.person_id, jsonb_object_agg(s.heading, jsonb_build_array(s.state, s.codes)) AS of_them
        FROM stands s GROUP BY s.person_id
    ), every AS (
    (SELECT a.referral_id, r.person_id, a.decided_at, t.name, a.inputs, NULL::jsonb AS answers,
            NULL::date AS born_on
     FROM guidance_advice a
     JOIN referrals_referral r ON r.id = a.referral_id
     JOIN agencies_team t ON t.id = r.from_team_id
     WHERE NOT a.is_beside
     ORDER BY a.decided_at DESC
     LIMIT %(most)s)
    UNION ALL
    (SELECT r.id, r.person_id, r.triaged_at, t.name, NULL::jsonb, c.answers, p.born_on
     FROM referrals_referral r
     JOIN contacts_contact c ON c.id = r.contact_id
     JOIN agencies_team t ON t.id = r.from_team_id
     LEFT JOIN people_person p ON p.id = r.person_id
     WHERE r.triaged_at IS NOT NULL
       AND NOT EXISTS (SELECT FROM guidance_advice a WHERE a.referral_id = r.id AND NOT a.is_beside)
     ORDER BY r.triaged_at DESC
     LIMIT %(most)s)
    ORDER BY 3 DESC
    LIMIT %(most)s)
    SELECT e.*, CASE WHEN p.postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$' THEN left(p.postcode, -2)
                     WHEN p.postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?$' THEN p.postcode ELSE '' END,
        said.of_them
    FROM every e
    LEFT JOIN people_person p ON p.id = e.person_id
    LEFT JOIN said ON said.person_id = e.person_id
    ORDER BY e.decided_at DESC
"""
