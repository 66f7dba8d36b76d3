"""What is asked of a list, read from its query: each part right, or refused in words."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from nowrongdoor.reading import public_directory
from nowrongdoor.reading.public_directory import Filters
from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.openreferral import searched, terms
from nowrongdoor.rules.openreferral.checking import DAYS, TIME

PER_PAGE, MOST_PER_PAGE, MOST_PAGES = 50, 500, 1_000_000
NEAR_M, FARTHEST_M = 8_000, 1_000_000
LONGEST = 200


def paging(query: Mapping[str, str]) -> tuple[int, int]:
    """The page and how many entries a page has."""
    return (
        _whole(query, "page", 1, least=1, most=MOST_PAGES),
        _whole(query, "per_page", PER_PAGE, least=1, most=MOST_PER_PAGE),
    )


def filters(query: Mapping[str, str], *, on: date, of_places: bool = False) -> Filters | None:
    """None where nothing can be found: a postcode of nowhere that the directory knows."""
    term, taxonomy = _id(query, "taxonomy_term_id"), _id(query, "taxonomy_id")
    needs = [
        one.code for one in law.codes("needs", on=on) if terms.term("needs", one.code, on=on)["id"] == term
    ]
    where: tuple[float | None, float | None] = (None, None)
    metres = _whole(query, "proximity", NEAR_M, least=0, most=FARTHEST_M)
    if of_places and (postcode := query.get("postcode", "").strip()):
        if not searched.district(postcode):
            raise Refused("postcode: this is not how a postcode is written", code="postcode")
        found = public_directory.where_is(postcode)
        if found is None:
            return None
        where = found
    return Filters(
        search=_text(query, "search"),
        term=term,
        needs=tuple(needs),
        taxonomy=taxonomy,
        is_needs=taxonomy == terms.taxonomy("needs")["id"],
        from_age=_number(query, "minimum_age"),
        to_age=_number(query, "maximum_age"),
        day=_day(query),
        opens=_time(query, "start_time"),
        closes=_time(query, "end_time"),
        latitude=where[0],
        longitude=where[1],
        metres=metres,
    )


def _text(query: Mapping[str, str], name: str) -> str:
    text = query.get(name, "").strip()
    if len(text) > LONGEST or "\x00" in text:
        raise Refused(f"{name}: at most {LONGEST} letters of text", code=name)
    return text


def _id(query: Mapping[str, str], name: str) -> str | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return str(UUID(text))
    except ValueError:
        raise Refused(f"{name}: not an id", code=name) from None


def _whole(query: Mapping[str, str], name: str, usual: int, *, least: int, most: int) -> int:
    text = query.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise Refused(f"{name}: a whole number from {least} to {most}", code=name)
    return int(text)


def _number(query: Mapping[str, str], name: str) -> float | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    whole, _, part = text.partition(".")
    if not (text.isascii() and len(text) < 10 and whole.isdigit() and (not part or part.isdigit())):
        raise Refused(f"{name}: a number from 0", code=name)
    return float(text)


def _day(query: Mapping[str, str]) -> str:
    text = query.get("day", "").strip().upper()[:2]
    if text and text not in DAYS:
        raise Refused(f"day: one of {', '.join(DAYS)}", code="day")
    return text


def _time(query: Mapping[str, str], name: str) -> str:
    text = query.get(name, "").strip()
    if text and not TIME.fullmatch(text):
        raise Refused(f"{name}: a time of day such as 09:30", code=name)
    return text[:5]
