"""Whom a row of a list is about: as much as tells two people apart, and what to know before speaking."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Whom:
    """A person in a list. All empty while nobody has said, or found out, whom it is about."""

    is_known: bool
    family_name: str = ""
    given_names: str = ""
    born_on: date | None = None
    born_on_unknown: str = "not_asked"
    postcode: str = ""
    access_needs: str = ""
    know_first: str = ""


NOBODY_YET = Whom(is_known=False)


def whom(values: tuple[Any, ...]) -> Whom:
    """From the seven columns of people_person in the order above; all are null without a person."""
    return Whom(True, *values) if values[0] is not None else NOBODY_YET
