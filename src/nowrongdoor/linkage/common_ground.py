"""
What an entry of a partner's register and a record here must have in common to be weighed at all.

Fifteen keys, most of two or three parts, so that any one part may be wrong or missing: how both names sound
with the year, how one sounds with the whole date, with the postcode, with a telephone number. Splink pairs
what shares one, on whichever engine it runs; what is held by too many people says nothing of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from nowrongdoor.rules.matching.strings import sound

# The parts of `rules.matching.weights`, in their order.
GIVEN, FAMILY, BORN, NUMBER, PHONE, POSTCODE, ADDRESS, OTHER = range(8)
PARTS = 8
# A key held by so many of our records tells too little: the others find those people.
MOST_IN_ONE = 200
NAMES = (
    "number", "other", "phone_given", "phone_family", "born_given", "born_family", "names_year", "names_day",
    "names_digits", "names_area", "names_phone", "postcode_given", "postcode_born", "postcode_family",
    "address_given",
)  # fmt: skip
NONE = -1


def keys_of(values: Sequence[str]) -> tuple[int, ...]:
    """A record's keys in the order of `NAMES`, as numbers; -1 where a part is not known."""
    return tuple(crc32(one.encode()) if one else NONE for one in _texts(values))


def _texts(values: Sequence[str]) -> Iterator[str]:
    born, phone, postcode = values[BORN], values[PHONE], values[POSTCODE]
    given, family = _heard(values[GIVEN]), _heard(values[FAMILY])
    # In either order: names are written the wrong way round.
    names = " ".join(sorted((given, family))) if given and family else ""
    whole = born if born[6:] not in ("", "00") else ""
    yield values[NUMBER]
    yield values[OTHER]
    # A number alone may be a whole hostel's.
    yield _both(phone, given)
    yield _both(phone, family)
    yield _both(whole, given)
    yield _both(whole, family)
    yield _both(names, born[:4])
    yield _both(names, whole[4:])
    # Digits of a date change places, with one another or as day and month.
    yield _both(names, "".join(sorted(whole)))
    yield _both(names, postcode[:-3])
    yield _both(names, phone[-4:])
    yield _both(postcode, given)
    yield _both(postcode, born[:4])
    yield _both(postcode, family)
    yield _both(_at_home(values[ADDRESS]), given)


def _both(one: str, other: str) -> str:
    return f"{one} {other}" if one and other else ""


@lru_cache(maxsize=100_000)
def _heard(name: str) -> str:
    """How the longest word of a name sounds: "Jones" of "ap Jones"."""
    return sound(max(name.split(), key=len, default=""))


def _at_home(address: str) -> str:
    """A house number and the first word beside it."""
    words = address.split()
    house = next((word for word in words if word[:1].isdigit()), "")
    street = next((word for word in words if len(word) > 2 and not word[:1].isdigit()), "")
    return _both(house, street)
