"""
Two partners' registers of one invented county, and who is who in them.

People live together and share a surname, an address and a telephone; they move, marry, are misheard and
mistyped; fields are left empty, and names written the wrong way round. Nothing here is tuned to any
published set, and no published set is tuned to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from nowrongdoor.rules.matching import short_forms
from nowrongdoor.rules.matching.kinds import name
from nowrongdoor.sim.people import NAMES
from nowrongdoor.sim.streams import Stream

COLUMNS = (
    "first_name", "last_name", "date_of_birth", "sex", "nhs_number", "house_number", "street", "area", "town",
    "postcode", "phone",
)  # fmt: skip
GIVEN, FAMILY, BORN, SEX, NUMBER, HOUSE, STREET, AREA, TOWN, POSTCODE, PHONE = range(len(COLUMNS))
BEGIN = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "y",
]
MIDDLE = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "oo", "ou"]
END = [
    "n",
    "r",
    "son",
    "ton",
    "ley",
    "man",
    "d",
    "l",
    "t",
    "ham",
    "ford",
    "well",
    "ski",
    "wood",
    "ck",
    "sh",
    "x",
]
SHORT_FORMS_OF = date(2026, 11, 1)
LETTERS, DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
MISTYPED = (GIVEN, FAMILY, BORN, STREET, TOWN, POSTCODE, PHONE, NUMBER, HOUSE, AREA)

Row = list[str]


@dataclass(frozen=True)
class Faults:
    """How often things go wrong when a record is made anew; shares of records, and slips in one."""

    slips: float = 1.2
    empty: float = 0.06
    traded: float = 0.05
    moved: float = 0.08
    married: float = 0.03
    at_home: float = 0.3
    # As people are spoken of in a call: by a short form, with an address that leaves out house or town.
    short: float = 0.0
    in_part: float = 0.0
    new_phone: float = 0.0


@dataclass(frozen=True)
class Known:
    """Two registers, or one; the true pairs of places, and columns that partners do not share."""

    left: list[Row]
    right: list[Row]
    truth: set[tuple[int, int]]
    without: tuple[str, ...]


def everything(seed: int) -> Iterator[tuple[str, Known]]:
    """The sets that are measured, by name."""
    usual, heavy = Faults(), Faults(slips=2.5, empty=0.15, moved=0.12)
    yield (
        "invented partners",
        two(Stream(f"{seed}/partners"), 1500, 1500, 900, usual, without=("nhs_number",)),
    )
    yield (
        "invented, much missing",
        two(Stream(f"{seed}/missing"), 1500, 1500, 900, heavy, without=("nhs_number",)),
    )
    yield "invented, known twice", one(Stream(f"{seed}/twice"), 1200, 900, usual, without=("nhs_number",))
    alone = replace(heavy, at_home=0.0, moved=0.0, married=0.0)
    yield (
        "invented, nobody related",
        two(Stream(f"{seed}/alone"), 1500, 1500, 900, alone, without=("nhs_number",)),
    )


def two(
    stream: Stream, left: int, right: int, both: int, faults: Faults, *, without: tuple[str, ...] = ()
) -> Known:
    """Two registers of so many people, `both` of them in either."""
    county = County(stream, faults)
    people = county.people(left + right - both)
    mine = [list(person) for person in people[:left]]
    yours = [county.again(person) for person in people[left - both :]]
    places = list(range(right))
    stream.shuffle(places)
    truth = {(left - both + place, at) for at, place in enumerate(places) if place < both}
    return Known(mine, [yours[place] for place in places], truth, without)


def one(stream: Stream, people: int, twice: int, faults: Faults, *, without: tuple[str, ...] = ()) -> Known:
    """One register in which so many records are of people it knows already."""
    county = County(stream, faults)
    rows = list(enumerate(county.people(people)))
    rows += [
        (whose, county.again(rows[whose][1])) for whose in (stream.randrange(people) for _ in range(twice))
    ]
    stream.shuffle(rows)
    by_person: dict[int, list[int]] = {}
    for place, (whose, _) in enumerate(rows):
        by_person.setdefault(whose, []).append(place)
    truth = {pair for places in by_person.values() for pair in combinations(places, 2)}
    return Known([row for _, row in rows], [], truth, without)


class County:
    """Whoever lives here, and how their records are made again by somebody else."""

    def __init__(self, stream: Stream, faults: Faults) -> None:
        self.stream, self.faults = stream, faults
        self.given = self._common([name for _, names, _ in NAMES for name in names], 300, 1)
        self.family = self._common([name for _, _, names in NAMES for name in names], 2500, 2)
        self.streets = [self._word(2).capitalize() for _ in range(900)]
        self.towns = [self._word(2).capitalize() for _ in range(60)]
        self.short_forms: dict[str, list[str]] = {}
        for whole, form in sorted(short_forms.known(on=SHORT_FORMS_OF)) if faults.short else ():
            self.short_forms.setdefault(whole, []).append(form)

    def people(self, many: int) -> list[Row]:
        found: list[Row] = []
        while len(found) < many:
            found.append(self._person(None))
            first = found[-1]
            while self.stream.happens(self.faults.at_home):
                found.append(self._person(first))
        kept = found[:many]
        self.stream.shuffle(kept)
        return kept

    def again(self, person: Row) -> Row:
        """The same person's record, as another partner wrote it down."""
        stream, faults, row = self.stream, self.faults, list(person)
        if stream.happens(faults.moved):
            row[HOUSE:] = self._home()
        if row[SEX] == "female" and stream.happens(faults.married):
            row[FAMILY] = stream.weighed(self.family)
        if faults.short and stream.happens(faults.short):
            row[GIVEN] = stream.one_of(self.short_forms.get(name(row[GIVEN]), (row[GIVEN][:1],)))
        if faults.new_phone and stream.happens(faults.new_phone):
            row[PHONE] = self._home()[-1]
        for place in (HOUSE, AREA, TOWN):
            if faults.in_part and stream.happens(faults.in_part):
                row[place] = ""
        for _ in range(min(7, int(stream.expovariate(1 / faults.slips)))):
            at = stream.one_of(MISTYPED)
            row[at] = self._slip(row[at])
        if stream.happens(faults.traded):
            row[GIVEN], row[FAMILY] = row[FAMILY], row[GIVEN]
        if stream.happens(faults.traded):
            year, month, day = row[BORN][:4], row[BORN][5:7], row[BORN][8:]
            row[BORN] = f"{year}-{day}-{month}"
        if faults.in_part and stream.happens(faults.in_part / 2):
            row[BORN] = row[BORN][:4]
        return ["" if stream.happens(faults.empty) else cell for cell in row]

    def _person(self, home: Row | None) -> Row:
        stream = self.stream
        row = ["", "", "", "", f"999{stream.randrange(10**7):07d}", *(home[HOUSE:] if home else self._home())]
        row[GIVEN], row[FAMILY] = stream.weighed(self.given), stream.weighed(self.family)
        row[BORN] = f"{stream.randint(1926, 2024)}-{stream.randint(1, 12):02d}-{stream.randint(1, 28):02d}"
        row[SEX] = stream.one_of(("female", "male"))
        if home and stream.happens(0.8):
            row[FAMILY] = home[FAMILY]
        if home and stream.happens(0.03):
            row[BORN] = home[BORN]  # a twin
        return row

    def _home(self) -> Row:
        stream = self.stream
        town = stream.randrange(len(self.towns))
        street = f"{stream.one_of(self.streets)} {stream.one_of(('Street', 'Road', 'Lane', 'Close'))}"
        area = stream.one_of(self.streets) if stream.happens(0.4) else ""
        code = f"ZZ{town % 30 + 1} {stream.randint(1, 9)}{stream.one_of('ABDEF')}{stream.one_of('GHJLN')}"
        phone = stream.one_of(("01632960", "07700900")) + f"{stream.randrange(1000):03d}"
        return [str(stream.randint(1, 150)), street, area, self.towns[town], code, phone]

    def _slip(self, text: str) -> str:
        """One letter changed, lost, added or swapped with the next."""
        if len(text) < 2:
            return text
        stream, at = self.stream, self.stream.randrange(len(text) - 1)
        letter = stream.one_of(DIGITS if text[at].isdigit() else LETTERS)
        return stream.one_of((
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        ))  # fmt: skip

    def _common(self, names: list[str], more: int, parts: int) -> list[tuple[float, str]]:
        """Names with how common each is: a few are many people's."""
        every = [*names, *(self._word(parts).capitalize() for _ in range(more))]
        self.stream.shuffle(every)
        return [(1 / (place + 4), name) for place, name in enumerate(every)]

    def _word(self, parts: int) -> str:
        one_of = self.stream.one_of
        return "".join(one_of(BEGIN) + one_of(MIDDLE) for _ in range(parts)) + one_of(END)
