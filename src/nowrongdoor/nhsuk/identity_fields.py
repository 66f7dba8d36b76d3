"""The questions by which a person's record is looked for, wherever a page asks them."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.fields import DateParts, PlainText
from nowrongdoor.rules import identifiers
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.identity import Asked

NAMES = ("name", "born_on", "nhs_number", "phone", "postcode")


class IdentityFields(forms.Form):
    """Name, date of birth, NHS number, telephone, postcode. Any of them may be left empty."""

    name = PlainText(label="Name", what="the name")
    born_on = DateParts(label="Date of birth", what="date of birth")
    nhs_number = PlainText(label="NHS number", max_length=40)
    phone = PlainText(label="Telephone number", max_length=60)
    postcode = PlainText(label="Postcode", max_length=20)

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
        return Asked(**{name: self.cleaned_data[name] for name in NAMES if self.cleaned_data.get(name)})


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
        f"NHS number {wording.nhs_number(asked.nhs_number)}" if asked.nhs_number else "",
        asked.phone,
        asked.postcode,
    ]
    return ", ".join(part for part in parts if part)
