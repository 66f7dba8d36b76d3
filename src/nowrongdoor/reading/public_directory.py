"""
The directory as anybody may read it: filtered, counted and paged in the database. Each filter narrows.

A service whose address must not be known is not here at all, nor is one that its feed no longer has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.services.facts import CAPACITIES, SERVICES
from nowrongdoor.data.services.models import Capacity as CapacityRow
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.rules.openreferral.published import Offered

OPEN_TO_ALL = """
FROM services_service s
WHERE NOT s.hides_address AND s.missing_since IS NULL
  AND (%(search)s = '' OR s.name ILIKE %(like)s OR s.summary ILIKE %(like)s)
  AND (%(term)s::text IS NULL OR s.needs && %(needs)s::text[]
       OR s.record @> jsonb_build_object('attributes', jsonb_build_array(
            jsonb_build_object('taxonomy_term', jsonb_build_object('id', %(term)s::text)))))
  AND (%(taxonomy)s::text IS NULL OR (%(is_needs)s AND s.needs <> '{}')
       OR s.record @> jsonb_build_object('attributes', jsonb_build_array(
            jsonb_build_object('taxonomy_term', jsonb_build_object('taxonomy_id', %(taxonomy)s::text)))))
  AND (%(from_age)s::numeric IS NULL OR coalesce((s.record->>'maximum_age')::numeric >= %(from_age)s, true))
  AND (%(to_age)s::numeric IS NULL OR coalesce((s.record->>'minimum_age')::numeric <= %(to_age)s, true))
  AND (NOT %(timed)s OR EXISTS (
        SELECT FROM jsonb_array_elements(coalesce(s.record->'schedules', '[]')) AS line
        WHERE (%(day)s = '' OR upper(line->>'byday') ~ %(day)s)
          AND (%(opens)s = '' OR left(line->>'opens_at', 5) <= %(opens)s)
          AND (%(closes)s = '' OR left(line->>'closes_at', 5) >= %(closes)s)))
"""
COUNT = "SELECT count(*)" + OPEN_TO_ALL
PAGE = "SELECT s.id" + OPEN_TO_ALL + " ORDER BY s.id LIMIT %(limit)s OFFSET %(offset)s"
AT_PLACES = """
, LATERAL jsonb_array_elements(coalesce(s.record->'service_at_locations', '[]'))
    WITH ORDINALITY AS at(place, number)
"""
NEAR = """
  AND (%(latitude)s::float IS NULL OR 6371009 * 2 * asin(sqrt(least(1,
        sin(radians((place->'location'->>'latitude')::float - %(latitude)s) / 2) ^ 2
        + cos(radians(%(latitude)s::float)) * cos(radians((place->'location'->>'latitude')::float))
          * sin(radians((place->'location'->>'longitude')::float - %(longitude)s) / 2) ^ 2))) <= %(metres)s)
"""
_PLACES = OPEN_TO_ALL.replace("services_service s\n", f"services_service s{AT_PLACES}") + NEAR
COUNT_PLACES = "SELECT count(*)" + _PLACES
PAGE_PLACES = "SELECT s.id, number" + _PLACES + " ORDER BY s.id, number LIMIT %(limit)s OFFSET %(offset)s"
WHERE_IS = """
SELECT avg((place->'location'->>'latitude')::float), avg((place->'location'->>'longitude')::float)
FROM services_service s, LATERAL jsonb_array_elements(s.record->'service_at_locations') AS place,
     LATERAL jsonb_array_elements(coalesce(place->'location'->'addresses', '[]')) AS address
WHERE NOT s.hides_address AND starts_with(upper(replace(address->>'postal_code', ' ', '')), %(postcode)s)
"""


@dataclass(frozen=True)
class Filters:
    """All of them must be met. Empty: not asked for."""

    search: str = ""
    term: str | None = None
    needs: tuple[str, ...] = ()
    taxonomy: str | None = None
    is_needs: bool = False
    from_age: float | None = None
    to_age: float | None = None
    day: str = ""
    opens: str = ""
    closes: str = ""
    latitude: float | None = None
    longitude: float | None = None
    metres: int = 0


def page(filters: Filters, *, limit: int, offset: int) -> tuple[int, list[Offered]]:
    """How many there are, and those of one page in the order of their ids. Four statements."""
    asked = _values(filters, limit, offset)
    (total,) = _rows(COUNT, asked)[0]
    offered = _offered([key for (key,) in _rows(PAGE, asked)])
    return total, list(offered.values())


def page_of_places(filters: Filters, *, limit: int, offset: int) -> tuple[int, list[tuple[Offered, int]]]:
    """The same of services at each of their places, with the number of the place."""
    asked = _values(filters, limit, offset)
    (total,) = _rows(COUNT_PLACES, asked)[0]
    found = [(key, int(number) - 1) for key, number in _rows(PAGE_PLACES, asked)]
    offered = _offered([key for key, _ in found])
    return total, [(offered[key], number) for key, number in found]


def one(service_id: UUID) -> Offered | None:
    """A service that anybody may read of; None where there is none."""
    return _offered([service_id]).get(service_id)


def of_place(place_id: str) -> Offered | None:
    """The service that has this id for one of its places."""
    asked = [{"service_at_locations": [{"id": place_id}]}]
    row = ServiceRow.objects.filter(record__contains=asked[0]).order_by("id").values_list("id").first()
    return one(row[0]) if row else None


def where_is(postcode: str) -> tuple[float, float] | None:
    """The middle of what the directory has at a postcode, or in its district; None for nowhere we know."""
    bare = postcode.upper().replace(" ", "")
    for part in (bare, bare[:-3] if len(bare) > 4 else ""):
        if part:
            latitude, longitude = _rows(WHERE_IS, {"postcode": part})[0]
            if latitude is not None and longitude is not None:
                return latitude, longitude
    return None


def _offered(ids: Sequence[UUID]) -> dict[UUID, Offered]:
    rows = (
        ServiceRow.objects.filter(id__in=list(ids), hides_address=False, missing_since=None)
        .order_by("id")
        .values_list(*SERVICES.columns, "agency__name")
    )
    said = {
        one.service_id: one
        for one in map(
            CAPACITIES.of,
            CapacityRow.objects.filter(service_id__in=list(ids)).values_list(*CAPACITIES.columns),
        )
    }
    return {
        service.id: Offered(service, name or "", said.get(service.id))
        for service, name in ((SERVICES.of(values[:-1]), values[-1]) for values in rows)
    }


def _values(filters: Filters, limit: int, offset: int) -> dict[str, Any]:
    escaped = filters.search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return {
        **vars(filters),
        "needs": list(filters.needs),
        "like": f"%{escaped}%",
        "timed": bool(filters.day or filters.opens or filters.closes),
        "limit": limit,
        "offset": offset,
    }


def _rows(statement: str, asked: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
