"""
An invented directory of any size, and invented asks of it: with all that is left unsaid in a real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import at_wall, local_date
from nowrongdoor.rules.fitting import CRISIS_LINE, EMERGENCY, FEW, FULL, NAVIGATOR, OPEN, Ask, Entry, Said
from nowrongdoor.rules.working_time import AS_USUAL, CLOSED, NOT_SAID, Hours, Schedule, SpecialDays

T = TypeVar("T")
# The nights on which the clocks change, bank holidays and the days beside them, and plain days.
DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2026-10-24",
        "2026-10-25",
        "2026-12-25",
        "2026-12-28",
        "2027-01-04",
        "2027-03-27",
        "2027-03-28",
    )
)
WIDE = 400_000  # metres each way, as far as a country is
TOWNS = 300
SAID_FROM = datetime(2026, 10, 1, tzinfo=UTC)


class Invented:
    """Services and asks of one seed."""

    def __init__(self, seed: int, *, kinds_of_week: int = 1500) -> None:
        self.chance = Random(seed)
        on = DAYS[0]
        self.lists = {
            name: [one.code for one in law.codes(name, on=on)]
            for name in ("needs", "ways_in", "access_needs", "wishes", "genders_served", "languages_spoken")
        }
        self.towns = [(self.chance.randrange(WIDE), self.chance.randrange(WIDE)) for _ in range(TOWNS)]
        self.weeks = [self._hours() for _ in range(kinds_of_week)]

    def entries(self, count: int) -> Iterator[Entry]:
        for _ in range(count):
            yield self._entry()

    def said(self) -> Said | None:
        """What a third of the services say of their places, some of it long past."""
        if self.chance.random() > 0.35:
            return None
        at = SAID_FROM + timedelta(minutes=self.chance.randrange(180 * 24 * 60))
        return Said(
            state=self.chance.choice((OPEN, OPEN, FEW, FULL)),
            places=self.chance.choice((None, 1, 2, 5)),
            said_by="the front desk",
            said_at=at,
            counts_until=at + timedelta(days=self.chance.choice((1, 30, 200))),
            opens_again_at=at + timedelta(days=9) if self.chance.random() < 0.3 else None,
        )

    def ask(self) -> Ask:
        chance = self.chance
        town = chance.randrange(TOWNS)
        day = chance.choice(DAYS)
        return Ask(
            needs=tuple(chance.sample(self.lists["needs"], chance.choice((1, 1, 2, 2, 3)))),
            at=at_wall(day, chance.randrange(24 * 60)) + timedelta(seconds=chance.randrange(60)),
            within=chance.choice(
                (None, timedelta(0), timedelta(hours=4), timedelta(days=1), timedelta(days=3))
            ),
            place=self._near(town) if chance.random() < 0.9 else None,
            district=f"ZZ{town}" if chance.random() < 0.8 else "",
            practice=f"P{chance.randrange(40)}" if chance.random() < 0.3 else "",
            age=chance.choice((None, 9, 16, 17, 18, 40, 64, 65, 90)),
            gender=chance.choice(("", "", *self.lists["genders_served"])),
            language=chance.choice(("", "", *self.lists["languages_spoken"])),
            access=self._some("access_needs", (0, 0, 1, 2)),
            wishes=self._some("wishes", (0, 1, 2, 3)),
            way=chance.choice(("", *self.lists["ways_in"])),
            emergency=chance.random() < 0.1,
        )

    def _entry(self) -> Entry:
        chance = self.chance
        town = chance.randrange(TOWNS)
        low, high = chance.choice(
            ((None, None), (18, None), (None, 17), (16, 25), (65, None), (0, 4), (18, 64))
        )
        asked = chance.choice((0, 0, 3, 20))
        return Entry(
            id=UUID(int=chance.getrandbits(128), version=4),
            kind=chance.choices(("service", NAVIGATOR, CRISIS_LINE, EMERGENCY), weights=(970, 5, 5, 20))[0],
            needs=self._some("needs", (1, 1, 2, 3)),
            lowest_age=low,
            highest_age=high,
            gender=chance.choices(("", *self.lists["genders_served"]), weights=(90, 7, 3))[0],
            practices=frozenset({f"P{chance.randrange(40)}"}) if chance.random() < 0.05 else frozenset(),
            districts=frozenset(f"ZZ{(town + away) % TOWNS}" for away in range(chance.choice((0, 0, 1, 3)))),
            reach_m=chance.choice((None, None, 5_000, 20_000, 80_000)),
            places=tuple(self._near(town) for _ in range(chance.choice((0, 1, 1, 1, 1, 2, 4)))),
            languages=self._some("languages_spoken", (0, 0, 1, 3)),
            has=(has := self._some("access_needs", (0, 1, 2, 4))),
            lacks=self._some("access_needs", (0, 0, 1)) - has,
            ways=self._some("ways_in", (0, 1, 2, 3)),
            offers=self._some("wishes", (0, 1, 2, 4)),
            hours=chance.choice(self.weeks),
            checked_on=chance.choice((None, date(2025, 3, 1), date(2026, 9, 1), date(2026, 12, 1))),
            asked=asked,
            accepted=chance.randint(0, asked),
        )

    def _some(self, name: str, sizes: tuple[int, ...]) -> frozenset[str]:
        return frozenset(self.chance.sample(self.lists[name], self.chance.choice(sizes)))

    def _near(self, town: int) -> tuple[int, int]:
        east, north = self.towns[town]
        return (
            max(0, east + int(self.chance.gauss(0, 6000))),
            max(0, north + int(self.chance.gauss(0, 6000))),
        )

    def _hours(self) -> Hours:
        chance = self.chance
        kind = chance.random()
        if kind < 0.15:
            return Hours()
        if kind < 0.2:
            return Hours(always=True)
        opens = chance.randrange(0, 24 * 60, 15)
        days = tuple(sorted(chance.sample(range(7), chance.choice((1, 2, 5, 7)))))
        lines = [
            Schedule(weekdays=days, opens=opens, closes=(opens + chance.choice((90, 480, 720))) % (24 * 60))
        ]
        if chance.random() < 0.2:
            lines.append(
                Schedule(
                    weekdays=(chance.randrange(7),), nth=(chance.choice((1, 3, -1)),), opens=600, closes=720
                )
            )
        if chance.random() < 0.1:
            lines.append(Schedule(weekdays=(3,), opens=1020, closes=1200, every=2, since=date(2026, 1, 1)))
        if chance.random() < 0.1:
            lines.append(Schedule(weekdays=(5,)))
        first = chance.choice(DAYS)
        special = SpecialDays(
            first, first + timedelta(days=chance.randrange(3)), chance.choice(((), ((1200, 120),)))
        )
        return Hours(
            schedules=tuple(lines),
            bank_holidays=chance.choice((AS_USUAL, CLOSED, CLOSED, NOT_SAID)),
            on_bank_holidays=chance.choice(((), ((600, 720),))),
            exceptions=(special,) if chance.random() < 0.2 else (),
        )


def days_of(asks: list[Ask]) -> list[datetime]:
    """One instant of each day asked about."""
    return list({local_date(ask.at): ask.at for ask in asks}.values())
