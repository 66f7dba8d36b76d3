"""
By what a record is found before it is weighed: keys that survive one slip of whoever spoke or typed.

A record keeps all of its keys, as numbers; what was asked has those of the same kinds. Whoever shares one is
a candidate, and those who share the most telling ones are weighed. A key of two parts (how a name
sounds, and the year) narrows down as far as one whole part does, and lets the rest be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from zlib import crc32

from nowrongdoor.rules.matching.strings import sound

# Of a name in more words than this, the rest is not keyed: "Maria del Carmen Garcia Lopez y Vega".
WORDS = 6


@dataclass(frozen=True)
class Values:
    """
    What is known of somebody, each part written as it is compared: names by their words, numbers by their
    digits, the birth date as yyyymmdd with 00 for what is not known, the address by its words.
    """

    names: tuple[str, ...] = ()
    born: str = ""
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    postcode: str = ""
    address: str = ""


# What having a key of each kind in common narrows down of each part, in doublings, at most: fewer where many
# have it. Of several keys that tell of one part the best counts. Only the order of those who are weighed
# comes of it, never a weight.
Tells = Mapping[str, float]
TELLS: dict[str, Tells] = {
    "number": {"number": 23.0}, "number in part": {"number": 12.0},
    "phone": {"phone": 16.0}, "phone in part": {"phone": 10.0},
    "born": {"born": 15.0}, "born in part": {"born": 8.0}, "born by its digits": {"born": 11.0},
    "postcode": {"place": 13.0}, "address": {"place": 11.0},
    "names": {"name": 20.0}, "name and begin": {"name": 9.0},
    "name and year": {"name": 7.0, "born": 5.0}, "name and day": {"name": 7.0, "born": 8.0},
    "name and area": {"name": 7.0, "place": 5.0}, "name and end of postcode": {"name": 7.0, "place": 7.0},
    "name and phone": {"name": 7.0, "phone": 8.0},
}  # fmt: skip


def together(found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """
    The keys of what was asked by what they tell of, such as "born" or "born and name". Where a key is many
    people's, those are looked for who have one of these and one of those in common.
    """
    groups: dict[str, set[int]] = {}
    for kind, numbers in found.items():
        name = " and ".join(sorted(TELLS[kind]))
        groups[name] = groups.get(name, set()) | set(numbers)
    return {name: tuple(sorted(numbers)) for name, numbers in groups.items()}


def least(group: str) -> Tells:
    """What having any key of a group in common narrows down at least, of each part."""
    of_group = [tells for tells in TELLS.values() if " and ".join(sorted(tells)) == group]
    return {part: min(tells[part] for tells in of_group) for part in of_group[0]}


def of_record(values: Values) -> tuple[int, ...]:
    """Every key of a record, in order and each once."""
    return tuple(sorted({number(kind, text) for kind, text in _every(values, _sounds(values.names))}))


def of_asked(values: Values, forms: Iterable[str] = ()) -> dict[str, tuple[int, ...]]:
    """
    The keys of what was asked, by kind. `forms` are other words for its names: Margaret for Peggy.

    A birth date or a number that is only nearly right is looked for where something else was asked too: by
    itself it could be a thousand people's.
    """
    sounds = _sounds((*values.names, *forms))
    found: dict[str, set[int]] = {}
    alone = sum(map(bool, (values.names, values.born, values.numbers, values.phones, values.postcode,
                           values.address))) == 1  # fmt: skip
    for kind, text in _every(values, sounds):
        if not (alone and kind in ("born in part", "born by its digits", "phone in part")):
            found.setdefault(kind, set()).add(number(kind, text))
    return {kind: tuple(sorted(keys)) for kind, keys in found.items()}


def number(kind: str, text: str) -> int:
    """A key as it is kept: the same number for the same words, everywhere and always."""
    told = crc32(f"{kind}:{text}".encode())
    return told - 2**32 if told >= 2**31 else told


def _every(values: Values, sounds: list[str]) -> Iterator[tuple[str, str]]:
    yield from _of_numbers(values)
    yield from _of_birth(values.born)
    yield from _of_names(values.names, sounds)
    if values.postcode:
        yield "postcode", values.postcode
    yield from (("address", text) for text in _of_address(values.address))
    for heard in sounds:
        yield from _of_name_and_more(heard, values)


def _of_numbers(values: Values) -> Iterator[tuple[str, str]]:
    for one in values.numbers:
        yield "number", one
        if len(one) == 10 and one.isdigit():
            # Thirds: a slip in one of them leaves the other two.
            first, second, third = one[:3], one[3:6], one[6:]
            for part in (f"{first}{second}-", f"{first}-{third}", f"-{second}{third}"):
                yield "number in part", part
    for one in values.phones:
        yield "phone", one
        if len(one) >= 9:
            yield "phone in part", f"{one[:5]}-{one[-3:]}"
            yield "phone in part", one[-6:]


def _of_birth(born: str) -> Iterator[tuple[str, str]]:
    if not born:
        return
    year, month, day = born[:4], born[4:6], born[6:]
    if month != "00":
        yield "born in part", f"{year}{month}"
    if day != "00":
        yield "born", born
        yield "born in part", f"{year}-{day}"
        yield "born by its digits", "".join(sorted(born))


def _of_names(names: tuple[str, ...], sounds: list[str]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(sounds, 2):
        yield "names", f"{one} {other}"
    words = names[:WORDS]
    for one in words:
        for begin in {other[0] for other in words if other != one}:
            yield "name and begin", f"{one} {begin}"


def _of_name_and_more(heard: str, values: Values) -> Iterator[tuple[str, str]]:
    if values.born:
        yield "name and year", f"{heard} {values.born[:4]}"
        if values.born[6:] != "00":
            yield "name and day", f"{heard} {values.born[4:]}"
            # Day and month are swapped more often than anything else.
            yield "name and day", f"{heard} {values.born[6:]}{values.born[4:6]}"
    if len(values.postcode) >= 5:
        yield "name and area", f"{heard} {values.postcode[:-3]}"
        yield "name and end of postcode", f"{heard} {values.postcode[-3:]}"
    for one in values.phones:
        yield "name and phone", f"{heard} {one[-4:]}"


def _of_address(address: str) -> Iterator[str]:
    """A house number with each of the first words beside it; a street alone is many people's."""
    words = address.split()
    house = next((word for word in words if word[:1].isdigit()), "")
    named = [word for word in words if len(word) > 2 and not word[:1].isdigit()][:3]
    yield from (f"{house} {word}" for word in named if house)
    if not house:
        yield from (f"{one} {other}" for one, other in combinations(sorted(set(named)), 2))


def _sounds(words: Iterable[str]) -> list[str]:
    """How the words of a name sound, each once and in order; a lone letter says too little."""
    return sorted({sound(word) for word in list(words)[: 4 * WORDS] if len(word) > 1} - {""})
