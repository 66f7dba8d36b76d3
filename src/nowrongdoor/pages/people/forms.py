"""What is asked of a person, and what is looked for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.nhsuk.fields import Choice, Choices, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.identity_fields import IDENTIFIERS, NAMES, IdentityFields
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.person import MAY_BE_UNKNOWN, Details, Person
from nowrongdoor.rules.words import Unknown

WHY_NOT = [(str(code), wording.UNKNOWN[code].capitalize()) for code in Unknown]


class Search(IdentityFields):
    """Any one of these finds candidates; two that agree open a record."""

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if not self.errors and self.asked().is_empty:
            self.add_error(None, "Enter a name, a number, a date of birth or a postcode to look for")
        return answers


class Claim(forms.Form):
    """Why a record is needed by someone who has no part in the person's care."""

    opening_id = NewKey()
    reason = Choice(label="Why do you need it?", what="why you need the record", required=True)
    words = Words(label="Anything to add", max_length=2_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        # Having registered somebody opens their record by itself; it is no reason to choose.
        self.fields["reason"].choices = code_words.choices("claim_reasons", at=at, but_not="recorded")


class BreakGlass(IdentityFields):
    """Whose record, told by what is known of them, and why it must be seen now."""

    opening_id = NewKey()
    reason = Choice(label="Why must you see it now?", what="why you must see it now", required=True)
    words = Words(label="In a line, what has happened?", what="in a line what has happened",
                  required=True, max_length=2_000)  # fmt: skip

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, at=at, **options)
        self.fields["reason"].choices = code_words.choices("break_glass_reasons", at=at)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if not self.errors and len([name for name in IDENTIFIERS if answers.get(name)]) < 2:
            self.add_error(None, "Say two things that you know of the person, such as name and date of birth")
        return answers


def as_sent(form: IdentityFields) -> list[tuple[str, str]]:
    """What was said of the person as hidden fields: it goes on in the form, and never in an address."""
    names = [name for name in NAMES if name != "born_on"]
    parts = zip(("day", "month", "year"), form["born_on"].value() or (), strict=False)
    return [
        *((name, str(form[name].value() or "")) for name in names),
        *((f"born_on_{part}", str(value)) for part, value in parts),
    ]


class DetailsOf(forms.Form):
    """What is known of a person, and for what is not known, which kind of not knowing."""

    family_name = PlainText(label="Family name")
    given_names = PlainText(label="Given names")
    known_as = PlainText(label="Likes to be called")
    pronouns = PlainText(label="Pronouns", max_length=60)
    pronouns_unknown = Choice(label="Without pronouns, why?", choices=WHY_NOT, widget=forms.Select)
    name_unknown = Choice(label="Without a name, why?", choices=WHY_NOT, widget=forms.Select)
    born_on = DateParts(label="Date of birth", what="date of birth")
    born_on_unknown = Choice(label="Without a date of birth, why?", choices=WHY_NOT, widget=forms.Select)
    nhs_number = PlainText(label="NHS number", max_length=40)
    nhs_number_unknown = Choice(label="Without an NHS number, why?", choices=WHY_NOT, widget=forms.Select)
    phone = PlainText(label="Telephone number", max_length=60)
    phone_unknown = Choice(label="Without a number, why?", choices=WHY_NOT, widget=forms.Select)
    address = PlainText(label="Address", max_length=500)
    postcode = PlainText(label="Postcode", max_length=20)
    other_names = Words(label="Other names they have had, or are known by elsewhere", max_length=2_000)
    other_numbers = Words(label="Numbers other organisations know them by", max_length=2_000)
    address_unknown = Choice(label="Without an address, why?", choices=WHY_NOT, widget=forms.Select)
    access_needs = Words(label="What do they need so that we can reach each other?", max_length=20_000)
    access_needs_unknown = Choice(label="If nothing is written, why?", choices=WHY_NOT, widget=forms.Select)
    know_first = Words(label="What should staff know first?", max_length=20_000)
    know_first_unknown = Choice(label="If there is nothing, why?", choices=WHY_NOT, widget=forms.Select)

    # What the writer was told waits for a second reader, so that it is told once and then kept.
    told = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def details(self) -> Details:
        """As the rules take them; what was answered makes its unknown void."""
        return Details(**{name: self.cleaned_data[name] for name in Details.__dataclass_fields__})


class Register(DetailsOf):
    """Someone new. `back` is the draft of the contact they came from, to return to."""

    person_id = NewKey()
    back = forms.CharField(required=False, widget=forms.HiddenInput)


class Correct(DetailsOf):
    """What is known of someone already registered."""

    seen = Seen()


class Refer(forms.Form):
    """A request for help for someone who is known. No answer is needed."""

    referral_id = NewKey()
    needs = Choices(label="Needs, as far as they are known")
    request = Words(label="What is asked for?", max_length=20_000)
    words = Words(label="In their own words", what="their words")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["needs"].choices = code_words.choices("needs", at=at)


def from_search(asked: Asked) -> dict[str, Any]:
    """What was looked for, as the first answers of a registration. A name's last word is the family's."""
    *given, family = asked.name.replace(",", " ").split() or [""]
    if "," in asked.name:
        family, _, rest = asked.name.partition(",")
        given = rest.split()
    return {
        "family_name": family.strip(),
        "given_names": " ".join(given),
        "born_on": asked.born_on,
        "nhs_number": wording.nhs_number(asked.nhs_number),
        "phone": asked.phone,
        "address": asked.address,
        "postcode": asked.postcode,
        "other_numbers": asked.other_number,
    }


def from_person(person: Person) -> dict[str, Any]:
    """What is on record, as it may be corrected."""
    known = {name: getattr(person, name) for name in Details.__dataclass_fields__}
    unknown = {
        f"{part}_unknown": known[f"{part}_unknown"] or str(Unknown.NOT_ASKED) for part in MAY_BE_UNKNOWN
    }
    return {
        **known,
        **unknown,
        "nhs_number": wording.nhs_number(person.nhs_number or ""),
        "seen": person.version,
    }


def looked_at(sent: QueryDict) -> tuple[UUID, ...]:
    """The records that were shown and said to be someone else's."""
    keys = []
    for text in sent.getlist("looked_at"):
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return tuple(dict.fromkeys(keys))
