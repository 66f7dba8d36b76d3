"""
The weights in force: what each step of agreement is worth, and how common the values are, as dated rows.

Learned from records, never typed in by hand; `law/match_weights.csv` says how often each step is found in
each story, and how many records of each story there are for one person; `law/match_values.csv` how common the
usual names are. A search in a call and the linking of whole registers take the same rows.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.matching import short_forms
from nowrongdoor.rules.matching.agreement import STEPS
from nowrongdoor.rules.matching.kinds import Kind
from nowrongdoor.rules.matching.model import Model, Part, Story, Weighed, trades_of

PARTS = (
    Part("given", Kind.GIVEN, "first name"),
    Part("family", Kind.FAMILY, "surname"),
    Part("born", Kind.DATE, "date of birth"),
    Part("number", Kind.NUMBER, "NHS number"),
    Part("phone", Kind.PHONE, "phone number"),
    Part("postcode", Kind.POSTCODE, "postcode"),
    Part("address", Kind.LINE, "address"),
    Part("other", Kind.NUMBER, "partner's number"),
)
ORDER = "order of names"
ORDERS = ("names have changed places", "names in order")
ANY_PAIR = "any pair"
ANY_OTHER, USUAL = "", "*"
STORIES = tuple(story.name.lower() for story in Story)


@dataclass(frozen=True)
class Weights:
    """A version of the weights, since when it stands, where it comes from; and the model made of it."""

    since: date
    source: str
    verified: bool
    model: Model
    for_each: tuple[float, ...]

    @property
    def version(self) -> str:
        return f"match_weights@{self.since.isoformat()}"

    def among(self, people: int) -> Model:
        """The model in a place of so many people: the more there are, the likelier it is a stranger."""
        prior = (*(math.log2(share / max(people, 1)) for share in self.for_each[:-1]), 0.0)
        return replace(self.model, prior=prior)


@cache
def standing(*, on: date) -> Weights:
    """The weights as they stand on a day. Raises `LookupError` where a step of any part has none."""
    rows = [row for row in law.rows("match_weights") if law.provenance(row).stands(on)]
    shares: dict[str, dict[int, tuple[float, ...]]] = defaultdict(dict)
    for row in rows:
        shares[row["part"]][int(row["step"])] = tuple(float(row[story]) for story in STORIES)
    values = _values(on)
    told = law.provenance(rows[0]) if rows else None
    if told is None:
        raise LookupError(f"match_weights.csv has no weights standing on {on}")
    return Weights(
        since=max(law.provenance(row).valid_from for row in rows),
        source=told.source,
        verified=all(law.provenance(row).verified for row in rows),
        model=Model(
            parts=PARTS,
            weights=tuple(_weighed(shares, part.name, len(STEPS[part.kind])) for part in PARTS),
            trades=trades_of(PARTS),
            trade_weights=(_weighed(shares, ORDER, len(ORDERS)),),
            prior=(0.0,) * len(Story),
            shares=tuple({k: v for k, v in values[part.name].items() if k != USUAL} for part in PARTS),
            usual=tuple(values[part.name].get(USUAL, 0.0) for part in PARTS),
            short_forms=short_forms.known(on=on),
        ),
        for_each=shares[ANY_PAIR][0],
    )


def _weighed(shares: dict[str, dict[int, tuple[float, ...]]], name: str, steps: int) -> Weighed:
    missing = set(range(steps)) - set(shares[name])
    if missing:
        raise LookupError(f"match_weights.csv says nothing of step {min(missing)} of {name}")
    return Weighed(tuple(zip(*(shares[name][at] for at in range(steps)), strict=True)))


def _values(on: date) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in law.rows("match_values"):
        if law.provenance(row).stands(on):
            found[row["part"]][row["value"]] = float(row["share"])
    return found
