"""
Weights learned from two registers, as the rows in which a place keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from nowrongdoor.linkage import linking
from nowrongdoor.rules.matching import short_forms
from nowrongdoor.rules.matching.agreement import STEPS
from nowrongdoor.rules.matching.kinds import NAMES, name, written
from nowrongdoor.rules.matching.model import Model, Story
from nowrongdoor.rules.matching.weights import ANY_OTHER, ANY_PAIR, ORDER, ORDERS, PARTS, STORIES, USUAL
from nowrongdoor.sim import registers
from nowrongdoor.sim.people import NAMES as NAMES_IN_USE
from nowrongdoor.sim.streams import Stream

# So many of the commonest names are told one by one; all others are as common as one another.
TOLD = 60
CALLS = registers.Faults(short=0.1, in_part=0.2, new_phone=0.2)
LEARNED = PARTS[:-1]
IN_USE = {name(one) for _, given, family in NAMES_IN_USE for one in (*given, *family)}
WEIGHTS = ("part", "step", "agreement", *STORIES)
VALUES = ("part", "value", "share")


def of_invented(seed: int, *, records: int, on: date) -> tuple[Model, int]:
    """The model learned from two registers of an invented county, and how many records each has."""
    stream = Stream(f"{seed}/weights")
    made = registers.two(stream, records, records, int(records * 0.6), CALLS)
    left, right = (columns(side, on=on) for side in (made.left, made.right))
    linked = linking.link(LEARNED, left, right, short_forms=short_forms.known(on=on))
    return linked.model, records


def columns(rows: Sequence[registers.Row], *, on: date) -> list[list[str]]:
    """A register of the invented county as the parts that are weighed in a call: its address in one line."""
    made = [
        (
            row[registers.GIVEN],
            row[registers.FAMILY],
            row[registers.BORN],
            row[registers.NUMBER],
            row[registers.PHONE],
            row[registers.POSTCODE],
            " ".join(row[at] for at in (registers.HOUSE, registers.STREET, registers.AREA, registers.TOWN)),
        )
        for row in rows
    ]
    return [
        [written(part.kind, row[place], on=on) for row in made] for place, part in enumerate(LEARNED)
    ]


def weights(model: Model, *, records: int) -> Iterator[tuple[str, ...]]:
    """A row for each step of each part: how often it is found, in each story."""
    named = [(part.name, STEPS[part.kind], part.words) for part in LEARNED] + [(ORDER, ORDERS, "")]
    for (told, steps, words), weighed in zip(named, (*model.weights, *model.trade_weights), strict=True):
        for at, agreement in enumerate(steps):
            yield (told, str(at), agreement.format(words), *(f"{share[at]:.6g}" for share in weighed.shares))
    number = next(place for place, part in enumerate(LEARNED) if part.name == "number")
    for part in PARTS[len(LEARNED) :]:
        # A partner's own number goes wrong as an NHS number does.
        for at, agreement in enumerate(STEPS[part.kind]):
            shares = (f"{share[at]:.6g}" for share in model.weights[number].shares)
            yield (part.name, str(at), agreement.format(part.words), *shares)
    # For one record, how many of the other register are of each story.
    many = [2.0 ** model.prior[story] * records for story in Story]
    yield (ANY_PAIR, "0", "records of each kind for one of ours", *(f"{share:.4g}" for share in many))


def values(model: Model) -> Iterator[tuple[str, ...]]:
    """How common the commonest names are, what any other is like, and the usual share of each part."""
    for part, shares, usual in zip(LEARNED, model.shares, model.usual, strict=True):
        yield part.name, USUAL, f"{usual:.4g}"
        known = IN_USE & set(shares) if part.kind in NAMES else set()
        told = sorted(known, key=lambda value: (-shares[value], value))[:TOLD]
        yield from ((part.name, value, f"{shares[value]:.4g}") for value in sorted(told))
        rest = [share for value, share in shares.items() if value not in told]
        if part.kind in NAMES and rest:
            # As common as the one that a record without a told name usually has.
            yield part.name, ANY_OTHER, f"{sum(share**2 for share in rest) / sum(rest):.4g}"
