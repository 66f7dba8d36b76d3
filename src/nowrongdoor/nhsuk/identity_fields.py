"""The questions by which a person's record is looked for, wherever a page asks them."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.fields import MONTH_NAMES, DateParts, PlainText
from nowrongdoor.rules import identifiers
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.identity import Asked

NAMES = ("name", "born_on", "nhs_number", "phone", "postcode", "address", "other_number")
# What identifies somebody by itself, of which two open a record; an address does not.
IDENTIFIERS = tuple(name for name in NAMES if name != "address")


class IdentityFields(forms.Form):
    """
    Name, date of birth (a year alone will do), NHS number, telephone, postcode, address, and the number by
    which a partner knows them. Any of them may be left empty.
    """

    name = PlainText(label="Name", what="the name")
    born_on = DateParts(label="Date of birth", what="date of birth", partly=True)
    nhs_number = PlainText(label="NHS number", max_length=40)
    phone = PlainText(label="Telephone number", max_length=60)
    postcode = PlainText(label="Postcode", max_length=20)
    address = PlainText(label="Address", max_length=200)
    other_number = PlainText(label="A number a partner knows them by", max_length=60)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    def clean_nhs_number(self) -> str:
        try:
            return identifiers.check_nhs_number(self.cleaned_data["nhs_number"])
        except Refused as refusal:
            raise ValidationError(refusal.words, code=refusal.code) from refusal

    def clean_born_on(self) -> Any:
        day = self.cleaned_data["born_on"]
        if day is not None and day > wording.local_day(self.at):
            raise ValidationError("A date of birth cannot be in the future", code="year")
        return day

    def asked(self) -> Asked:
        """What was said of the person, as far as it can be looked up."""
        known = {name: self.cleaned_data[name] for name in NAMES if self.cleaned_data.get(name)}
        return Asked(**known, born_partly=self.born_partly())

    def born_partly(self) -> str:
        """What is known of a date of birth that is not known whole."""
        field, bound = self.fields["born_on"], self["born_on"].value()
        told = isinstance(field, DateParts) and isinstance(bound, list | tuple)
        return field.known_of(bound) if told else ""


def left_to_ask(asked: Asked) -> str:
    """What could still be asked to be sure: `date of birth, NHS number or postcode`."""
    left = [
        words
        for words, known in (
            ("name", asked.name),
            ("date of birth", asked.born_on),
            ("postcode", asked.postcode),
            ("telephone number", asked.phone),
            ("NHS number", asked.nhs_number),
        )
        if not known
    ]
    return wording.listed(left[:3], last="or") if left else "each answer again"


def as_told(asked: Asked) -> str:
    """What was said of the person, in a line: `Maryam Ali, born 14-Jul-1945, NG7 2AB`."""
    parts = [
        asked.name,
        f"born {asked.born_on:%d-%b-}{asked.born_on.year:04}" if asked.born_on else "",
        f"born in {_in_part(asked.born_partly)}" if asked.born_partly else "",
        f"NHS number {wording.nhs_number(asked.nhs_number)}" if asked.nhs_number else "",
        f"known to a partner by {asked.other_number}" if asked.other_number else "",
        asked.phone,
        asked.address,
        asked.postcode,
    ]
    return ", ".join(part for part in parts if part)


def _in_part(born: str) -> str:
    """`March 1984`, or the year alone."""
    return f"{MONTH_NAMES[int(born[4:6]) - 1]} {born[:4]}" if born[4:6] != "00" else born[:4]
