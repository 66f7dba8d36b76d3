"""
In how far two values agree: a step from 0 (they differ) up to *the same*, and its words.

The steps of each kind follow how that kind goes wrong: letters of names are misheard, digits of dates
change places, lines of an address are run together. `None` is when either is not known.
"""

from dataclasses import dataclass

from nowrongdoor.rules.matching.kinds import Kind
from nowrongdoor.rules.matching.strings import likeness, near

NAME_STEPS = (
    "another {}", "{} somewhat alike", "{} much alike", "{} one letter off", "{} a short form or a part",
    "same {}",
)  # fmt: skip
NUMBER_STEPS = ("another {}", "{} two signs off", "{} one sign off", "same {}")
PLACE_STEPS = ("another {}", "{} in the same part", "{} one sign off", "same {}")
STEPS: dict[Kind, tuple[str, ...]] = {
    Kind.GIVEN: NAME_STEPS,
    Kind.FAMILY: NAME_STEPS,
    Kind.NUMBER: NUMBER_STEPS,
    Kind.PHONE: NUMBER_STEPS,
    Kind.EMAIL: NUMBER_STEPS,
    Kind.POSTCODE: PLACE_STEPS,
    Kind.HOUSE: ("another {}", "{} one sign off", "same {}"),
    Kind.CATEGORY: ("another {}", "same {}"),
    Kind.DATE: (
        "another {}", "{} the same in part", "{} the same but for one part", "{} one digit off",
        "{} with day and month swapped", "{} the same as far as it is known", "same {}",
    ),
    Kind.LINE: (
        "another {}", "{} shares a word", "{} much alike", "{} one letter off", "{} with the same words",
        "same {}",
    ),
}  # fmt: skip
# Of a date of which a part is not known on either side, the rest agrees.
AS_FAR_AS_KNOWN = 5


@dataclass(frozen=True)
class Alike:
    """What is measured of two spellings before a step is chosen: letters off, and likeness."""

    off: int
    like: float


def top(kind: Kind) -> int:
    """The step of two values that are the same."""
    return len(STEPS[kind]) - 1


def step(kind: Kind, one: str, other: str, *, short_forms: frozenset[tuple[str, str]]) -> int | None:
    """How two values of a kind agree; None when either is not known."""
    if not one or not other:
        return None
    if one == other:
        return top(kind)
    if kind is Kind.CATEGORY:
        return 0
    if kind is Kind.DATE:
        return _of_dates(one, other)
    if kind in (Kind.GIVEN, Kind.FAMILY):
        return _of_names(one, other, short_forms)
    if kind is Kind.LINE:
        return _of_lines(one, other)
    off = near(one, other)
    if kind is Kind.HOUSE:
        return int(off == 1)
    if kind is Kind.POSTCODE:
        return 2 if off == 1 else int(one[:3] == other[:3])
    return 2 if off == 1 else int(off == 2)


def is_part(one: str, other: str, short_forms: frozenset[tuple[str, str]]) -> bool:
    """One name is the other's initial, short form, or some of its words: "Mary" and "Mary Ann"."""
    mine, yours = one.split(), other.split()
    fewer, more = (mine, yours) if len(mine) <= len(yours) else (yours, mine)
    if set(fewer) <= set(more) or "".join(mine) == "".join(yours):
        return True
    first, second = fewer[0], more[0]
    if len(fewer) == 1 and (len(first) == 1 or (len(second) == 1 and len(more) == 1)):
        return first[0] == second[0]
    return (first, second) in short_forms or (second, first) in short_forms


def shares_words(one: str, other: str) -> int:
    """4 for the same words however they stand or are run together, 1 for one word in common, else 0."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return 4
    mine, yours = set(one.split()), set(other.split())
    if mine == yours:
        return 4
    both = mine & yours
    return int(any(len(word) > 3 for word in both))


def _of_names(one: str, other: str, short_forms: frozenset[tuple[str, str]]) -> int:
    if is_part(one, other, short_forms):
        return 4
    return spelled(Alike(near(one, other), likeness(one, other)), longest=max(len(one), len(other)))


def spelled(alike: Alike, *, longest: int) -> int:
    """The step of two names that differ in spelling."""
    if alike.off == 1 and longest >= 3:
        return 3
    if alike.like >= 0.9 or (alike.off == 2 and longest >= 6):
        return 2
    return int(alike.like >= 0.8)


def _of_lines(one: str, other: str) -> int:
    words = shares_words(one, other)
    if words == 4:
        return 4
    if near(one, other) == 1:
        return 3
    return 2 if likeness(one, other) >= 0.9 else words


def _of_dates(one: str, other: str) -> int:
    parts = ((one[:4], other[:4]), (one[4:6], other[4:6]), (one[6:], other[6:]))
    known = [mine == yours for mine, yours in parts if "00" not in (mine, yours)]
    if len(known) < 3:
        return AS_FAR_AS_KNOWN if all(known) else 0
    if one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]:
        return 4
    if near(one, other) == 1:
        return 3
    return 2 if sum(known) == 2 else int(known[0])
