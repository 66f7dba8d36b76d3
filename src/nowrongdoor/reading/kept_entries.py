"""
The entries of the directory that a team keeps and should look at: nobody has said for long that they are
still right, or somebody suggests that they should say something else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.data.services.facts import SUGGESTIONS
from nowrongdoor.data.services.models import Suggestion as SuggestionRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import directory as counting
from nowrongdoor.rules.suggestion import Suggestion

SHOWN = 10
STEWARD = "data_steward"


@dataclass(frozen=True)
class EntryLine:
    """An entry to look at: when it was last said to be right, and how many suggestions wait."""

    id: UUID
    name: str
    version: int
    checked_on: date | None
    is_asked: bool
    waiting: int


@dataclass(frozen=True)
class ToLookAt:
    lines: tuple[EntryLine, ...]
    count: int


@dataclass(frozen=True)
class SuggestionLine:
    suggestion: Suggestion
    by_name: str
    answered_by_name: str


def to_look_at(*, viewer: Viewer, at: datetime) -> ToLookAt:
    """
    Those of the viewer's team, and of their agency where no team is named; for a steward, those of no agency
    too. None for whoever keeps none.
    """
    if not access.may_do(viewer, "service.keep", at=at):
        return ToLookAt((), 0)
    asked = {
        "agency": viewer.agency_id,
        "team": viewer.team_id,
        "steward": viewer.role == STEWARD,
        "since": local_date(at - counting.counts_for("still_right", at=at)).isoformat(),
        "most": SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(TO_LOOK_AT, asked)
        rows = cursor.fetchall()
    lines = tuple(
        EntryLine(key, name, version, date.fromisoformat(on) if on else None, is_asked, waiting)
        for key, name, version, on, is_asked, waiting, _ in rows
    )
    return ToLookAt(lines, rows[0][-1] if rows else 0)


def suggested(service_id: UUID) -> tuple[SuggestionLine, ...]:
    """What is suggested of one entry: what waits first, then what was answered, the latest first."""
    rows = (
        SuggestionRow.objects.filter(service_id=service_id)
        .order_by("-suggested_at", "id")
        .values_list(*SUGGESTIONS.columns, "suggested_by__name", "answered_by__name")[:SHOWN]
    )
    lines = [SuggestionLine(SUGGESTIONS.of(one[:-2]), one[-2], one[-1] or "") for one in rows]
    return tuple(sorted(lines, key=lambda one: one.suggestion.answered_at is not None))


def service_of(suggestion_id: UUID) -> UUID | None:
    """Which entry a suggestion is about."""
    found: UUID | None = (
        SuggestionRow.objects.filter(id=suggestion_id).values_list("service_id", flat=True).first()
    )
    return found


# An entry of a feed is its publisher's to check; somebody here is asked only where something is suggested.
TO_LOOK_AT = """
    WITH waits AS (
      SELECT service_id, count(*) AS waiting FROM services_suggestion
       WHERE state = 'suggested' GROUP BY service_id
    ), ours AS (
      SELECT s.id, s.name, s.version, left(s.record->>'assured_date', 10) AS checked,
             s.feed = '' AND coalesce(left(s.record->>'assured_date', 10), '') < %(since)s AS is_asked
        FROM services_service s
       WHERE s.agency_id = %(agency)s AND (s.team_id = %(team)s OR s.team_id IS NULL)
      UNION ALL
      SELECT s.id, s.name, s.version, left(s.record->>'assured_date', 10),
             s.feed = '' AND coalesce(left(s.record->>'assured_date', 10), '') < %(since)s
        FROM services_service s
       WHERE s.agency_id IS NULL AND %(steward)s
         AND (s.feed = '' OR s.id IN (SELECT w.service_id FROM waits w))
    )
    SELECT o.id, o.name, o.version, o.checked, o.is_asked, coalesce(w.waiting, 0), count(*) OVER ()
      FROM ours o LEFT JOIN waits w ON w.service_id = o.id
     WHERE o.is_asked OR w.waiting > 0
     ORDER BY w.waiting IS NULL, o.checked NULLS FIRST, o.name, o.id
     LIMIT %(most)s
"""
