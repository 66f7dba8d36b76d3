"""What is put before a records steward of a partner's entry: the records it is like, weighed as in a call."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import finding, register, stewarding
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.identity import Match
from nowrongdoor.rules.matching.model import Model
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.register import Alike

SHOWN = 3


def alike(
    entry: Entry, people: Sequence[Person], model: Model, into: Mapping[UUID, UUID], *, at: datetime
) -> list[Alike]:
    """The likeliest few, and of several records of one person (`into`) the one that fits best."""
    said = finding.told(finding.of_entry(entry))
    matches = [finding.weigh(said, one, model=model) for one in people]
    by_person: dict[UUID, Alike] = {}
    for match in sorted(matches, key=lambda one: -one.bits):
        record = match.person.id
        if stewarding.band(register.BANDS, match.bits, on=local_date(at)):
            alike = Alike(entry, record, match.bits, _in_words(match))
            by_person.setdefault(into.get(record, record), alike)
    return list(by_person.values())[:SHOWN]


def _in_words(match: Match) -> str:
    words, against = finding.in_words(match), finding.otherwise(match)
    return f"{words}, but {', '.join(against)}" if against else words
