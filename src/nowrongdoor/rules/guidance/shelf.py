"""Guidance we ship: files beside this module, each saying itself where it comes from and when it stands."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from nowrongdoor.rules.guidance.reading import read
from nowrongdoor.rules.guidance.whole import Model
from nowrongdoor.rules.guidance.work import Unreadable

SHIPPED = Path(__file__).parent / "shipped"
NEEDED = ("label", "source", "source_date", "verified", "jurisdiction", "valid_from", "licence")


@dataclass(frozen=True)
class Shipped:
    """A file of guidance, where it comes from, and when it stands."""

    name: str
    label: str
    source: str
    source_date: str
    verified: bool
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    licence: str
    model: Model

    def stands(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every file we ship; one that does not say where it comes from is not loaded."""
    return tuple(_told(path) for path in sorted(SHIPPED.glob("*.dmn")))


def standing(name: str, *, on: date) -> Shipped:
    """The guidance of this name as it stands on a day."""
    for one in shipped():
        if one.name == name and one.stands(on):
            return one
    raise LookupError(f"no guidance {name!r} stands on {on}")


def _told(path: Path) -> Shipped:
    model = read(path)
    told = model.told
    missing = [key for key in NEEDED if not told.get(key)]
    if missing or told["verified"] not in ("yes", "no"):
        raise Unreadable(
            f"It does not say its {', '.join(missing) or 'verified (yes or no)'}.", place=path.name
        )
    return Shipped(
        name=model.name,
        label=told["label"],
        source=told["source"],
        source_date=told["source_date"],
        verified=told["verified"] == "yes",
        jurisdiction=told["jurisdiction"],
        valid_from=date.fromisoformat(told["valid_from"]),
        valid_to=date.fromisoformat(told["valid_to"]) if told.get("valid_to") else None,
        licence=told["licence"],
        model=model,
    )
