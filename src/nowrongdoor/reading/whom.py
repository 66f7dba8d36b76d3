"""Whom a row of a list is about: as much as tells two people apart, and what to know before speaking."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Whom:
    """
    A person in a list. All empty while nobody has found out whom it is about; `about` is then what
    whoever got in touch said of them.
    """

    is_known: bool
    family_name: str = ""
    given_names: str = ""
    born_on: date | None = None
    born_on_unknown: str = "not_asked"
    postcode: str = ""
    access_needs: str = ""
    know_first: str = ""
    know_waits: str = ""
    """What staff are to know too, and a second person has still to read."""
    about: str = ""


NOBODY_YET = Whom(is_known=False)


def whom(values: tuple[Any, ...], about: str | None = "") -> Whom:
    """From the eight columns of people_person in the order above; all are null without a person."""
    return Whom(True, *values) if values[0] is not None else replace(NOBODY_YET, about=about or "")
