"""
The people of the bench of searches, how callers speak of them, and everybody scored for whom they mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import numpy as np
from django.db import connections
from psycopg import sql

from nowrongdoor.console.progress import Progress
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.tables import table_of
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.linkage import comparing, training
from nowrongdoor.linkage.columns import registers as side_by_side
from nowrongdoor.rules import finding, person
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identifiers import check_nhs_number
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.matching.kinds import written
from nowrongdoor.rules.person import Details
from nowrongdoor.sim import registers
from nowrongdoor.sim.people import nhs_numbers
from nowrongdoor.sim.registers import BORN, FAMILY, GIVEN, NUMBER, PHONE, POSTCODE, Row
from nowrongdoor.sim.streams import Stream

SET = 20_000
# As people are spoken of in a call.
CALLS = registers.Faults(
    slips=1.0, empty=0.0, traded=0.1, short=0.12, in_part=0.25, new_phone=0.1, moved=0.04
)
# How often each part is told; a name always is.
TOLD = {BORN: 0.75, NUMBER: 0.25, PHONE: 0.5, POSTCODE: 0.5, "address": 0.4}
NUMBERED = 0.8
A_HANDLER = Viewer(uuid4(), "Sam Okoro", "call_handler", uuid4(), "Front door", uuid4())


@dataclass(frozen=True)
class Place:
    """Whoever is on record, as rows of the invented county, and the keys of their records."""

    county: registers.County
    rows: list[Row]
    ids: list[UUID]
    at: datetime


@dataclass(frozen=True)
class Query:
    """What was said of somebody, and whose record it was made from."""

    asked: Asked
    person_id: UUID

    @property
    def is_read_one_way(self) -> bool:
        return len(finding.told(self.asked).readings) == 1


def fill(people: int, *, seed: int) -> Place:
    """So many people on record, written as the owner: what is measured is the search."""
    stream = Stream(f"{seed}/find")
    county = registers.County(stream, CALLS)
    numbers = nhs_numbers(stream)
    rows = county.people(people)
    at, ids, progress = now(), [], Progress()
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    for first in range(0, people, SET):
        made = []
        for row in rows[first : first + SET]:
            row[NUMBER] = next(numbers, "") if stream.happens(NUMBERED) else ""
            made.append(_registered(row, at))
        ids += [one.id for one in made]
        _write(made)
        progress(min(first + SET, people), people)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE people_person")
    return Place(county, rows, ids, at)


def _registered(row: Row, at: datetime) -> person.Person:
    details = Details(
        given_names=row[GIVEN],
        family_name=row[FAMILY],
        born_on=date.fromisoformat(row[BORN]),
        nhs_number=row[NUMBER],
        phone=row[PHONE],
        address=_address(row),
        postcode=row[POSTCODE],
    )
    made: person.Person = person.register(
        details, person_id=uuid4(), candidates=(), looked_at=(), at=at
    ).change.after
    return made


def _write(people: list[person.Person]) -> None:
    columns = table_of(person.Person).columns
    copy = sql.SQL("COPY people_person ({}) FROM STDIN").format(
        sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    connections["owner"].ensure_connection()
    with connections["owner"].connection.cursor() as cursor, cursor.copy(copy) as into:
        for one in people:
            values = (getattr(one, name) for name in columns)
            into.write_row([list(value) if isinstance(value, tuple) else value for value in values])


def _address(row: Row) -> str:
    house, street, area, town = row[registers.HOUSE : registers.TOWN + 1]
    return ", ".join(part for part in (f"{house} {street}".strip(), area, town) if part)


def queries(place: Place, many: int, *, seed: int) -> Iterator[Query]:
    """Somebody's record as a caller tells of them, some of its parts left out; always a name and two more."""
    stream = Stream(f"{seed}/calls")
    county = place.county
    county.stream = stream
    for _ in range(many):
        at = stream.randrange(len(place.rows))
        row = county.again(place.rows[at])
        told = {part for part, often in TOLD.items() if stream.happens(often)}
        while len(told) < 2:
            told.add(stream.one_of(tuple(TOLD)))
        yield Query(_asked(row, told, stream), place.ids[at])


def _asked(row: Row, told: set[object], stream: Stream) -> Asked:
    born, partly = _born(row[BORN] if BORN in told else "", stream)
    one_alone = stream.one_of((GIVEN, FAMILY)) if stream.happens(0.06) else None
    return Asked(
        name=f"{row[GIVEN]} {row[FAMILY]}" if one_alone is None else row[one_alone],
        born_on=born,
        born_partly=partly,
        nhs_number=_checked(row[NUMBER]) if NUMBER in told else "",
        phone=row[PHONE] if PHONE in told else "",
        postcode=row[POSTCODE] if POSTCODE in told else "",
        address=_address(row) if "address" in told else "",
    )


def _born(text: str, stream: Stream) -> tuple[date | None, str]:
    """The date as a form takes it; or the year alone, or what of it can be read."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, f"{text[:4]}0000" if text[:4].isdigit() and 1900 <= int(text[:4]) <= 2026 else ""
    return (None, f"{day:%Y}0000") if stream.happens(0.1) else (day, "")


def _checked(number: str) -> str:
    """A number that cannot be one is asked for again, and not looked for."""
    try:
        return check_nhs_number(number)
    except Refused:
        return ""


def everybody(place: Place, asked: list[Query], *, first: int) -> Iterator[dict[UUID, float]]:
    """For each query the likeliest of everybody, and whom it means, scored as registers are linked."""
    today = local_date(place.at)
    model = weights.standing(on=today).among(len(place.rows))
    parts = model.parts
    mine = [finding.told(one.asked).readings[0] for one in asked]
    yours = [_compared(row, today) for row in place.rows]
    both = side_by_side(parts, _columns(mine, len(parts)), _columns(yours, len(parts)))
    every = np.arange(len(place.rows))
    where = {key: at for at, key in enumerate(place.ids)}
    for at, query in enumerate(asked):
        compared = comparing.compare(
            both, np.full(len(every), at), every, trades=model.trades, short_forms=model.short_forms
        )
        bits = training.scores(model, compared, both)
        best = {place.ids[int(one)]: float(bits[one]) for one in np.argsort(-bits, kind="stable")[:first]}
        # Whoever weighs exactly as much as the last is as near: the order among equals is nobody's.
        if bits[where[query.person_id]] >= min(best.values()):
            best[query.person_id] = float(bits[where[query.person_id]])
        yield best


def _compared(row: Row, today: date) -> tuple[str, ...]:
    names, numbers = (row[GIVEN], row[FAMILY]), (row[NUMBER], row[PHONE])
    told = (*names, row[BORN], *numbers, row[POSTCODE], _address(row), "")
    return tuple(
        written(part.kind, text, on=today) for part, text in zip(weights.PARTS, told, strict=True)
    )


def _columns(rows: list[tuple[str, ...]], many: int) -> list[list[str]]:
    return [[row[place] for row in rows] for place in range(many)]


