"""What is asked to find options, and what a service says of its places."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from nowrongdoor.nhsuk import code_words
from nowrongdoor.nhsuk.fields import Choice, Choices, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, RowKey, Seen
from nowrongdoor.reading import options
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.fitting import Ask, Place
from nowrongdoor.rules.openreferral import searched

ANY = ("", "Not asked, or it does not matter")
AT_ONCE = "emergency"
HOURS = (("2", "2 hours"), ("8", "8 hours"), ("24", "A day"), ("72", "3 days"), ("120", "5 days"))


class Find(forms.Form):
    """Only needs must be said; whatever else is not said excludes nothing."""

    needs = Choices(label="What is needed?", what="at least one need", required=True)
    postcode = PlainText(label="Postcode, or its first part", max_length=10)
    age = PlainText(label="Age", max_length=3)
    urgency = Choice(label="How soon?", widget=forms.Select)
    way = Choice(label="Who asks, and how?", widget=forms.Select)
    language = Choice(label="Language", widget=forms.Select)
    gender = Choice(label="Gender, where it matters", widget=forms.Select)
    access = Choices(label="Access")
    wishes = Choices(label="What do they wish for?")
    sitting = NewKey()
    contact = RowKey(missing="This contact cannot be found")
    referral = RowKey(missing="This referral cannot be found")

    def __init__(
        self,
        *args: Any,
        at: datetime,
        contact: UUID | None = None,
        referral: UUID | None = None,
        **options: Any,
    ) -> None:
        of = {"contact": contact, "referral": referral}
        super().__init__(*args, initial={"sitting": uuid4(), **of}, **options)
        self.at = at
        times = law.response_times(on=local_date(at))
        self.fields["needs"].choices = code_words.choices("needs", at=at)
        self.fields["urgency"].choices = [("", "Any time"), *((one.code, one.label) for one in times)]
        for name, of in (("way", "ways_in"), ("language", "languages_spoken"), ("gender", "genders_served")):
            self.fields[name].choices = [ANY, *_sentences(of, at)]
        for name, of in (("access", "access_needs"), ("wishes", "wishes")):
            self.fields[name].choices = _sentences(of, at)
        self.place: Place | None = None

    def clean_age(self) -> int | None:
        text = self.cleaned_data["age"]
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and int(text) <= 120):
            raise ValidationError("Write the age as a whole number of years, such as 17", code="age")
        return int(text)

    def clean_postcode(self) -> str:
        text = str(self.cleaned_data["postcode"]).upper()
        if text and not searched.district(text):
            raise ValidationError(
                "This is not how a postcode is written, such as ZZ1 4AB or ZZ1", code="postcode"
            )
        if text:
            self.place = options.place_of(text, at=self.at)
        return text

    def goes_on(self, sitting: UUID) -> None:
        """The form that is shown with the answer belongs to the sitting in which it was counted."""
        self.data = self.data.copy()
        self.data["sitting"] = str(sitting)

    @property
    def unknown_place(self) -> bool:
        return bool(self.cleaned_data.get("postcode")) and self.place is None

    def asked(self) -> Ask:
        told = self.cleaned_data
        within = law.response_time(told["urgency"], at=self.at).within if told["urgency"] else None
        return Ask(
            needs=tuple(told["needs"]),
            at=self.at,
            within=within,
            place=self.place,
            district=searched.district(told["postcode"]),
            age=told["age"],
            gender=told["gender"],
            language=told["language"],
            access=frozenset(told["access"]),
            wishes=frozenset(told["wishes"]),
            way=told["way"],
            emergency=told["urgency"] == AT_ONCE,
        )


class Places(forms.Form):
    """What a service says of its places now."""

    state = Choice(label="What does the service say?", what="what the service says", required=True)
    places = PlainText(label="How many places, if they said", max_length=5)
    said_by = PlainText(label="Who said so?", max_length=100, required=True)
    counts_for = Choice(
        label="For how long does that count?", choices=HOURS, widget=forms.Select, required=True
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["state"].choices = _sentences("capacity_states", at)
        self.fields["said_by"].error_messages["required"] = "Say who said so"

    def clean_places(self) -> int | None:
        text = self.cleaned_data["places"]
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise ValidationError("Write how many places as a whole number, or leave it empty", code="places")
        return int(text)

    def clean_counts_for(self) -> timedelta:
        return timedelta(hours=int(self.cleaned_data["counts_for"]))


class Suggest(forms.Form):
    """What an entry should say, and how one knows."""

    suggestion_id = NewKey()
    part = Choice(label="What should change?", what="what should change", required=True)
    says = Words(label="What should it say?", max_length=2_000, required=True)
    why = Words(label="How do you know?", max_length=2_000, required=True)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].choices = code_words.choices("entry_parts", at=at)
        self.fields["says"].error_messages["required"] = "Write what it should say"
        self.fields["why"].error_messages["required"] = "Say how you know"


class Looked(forms.Form):
    """One button: the version that was looked at is all it says."""

    seen = Seen()


class TurnDown(Looked):
    words = Words(label="Why not?", max_length=2_000, required=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].error_messages["required"] = "Say why not, so that whoever suggested it knows"


def _sentences(name: str, at: datetime) -> list[tuple[str, str]]:
    """Labels that stand inside sentences elsewhere, as one of their own."""
    return [(code, label[:1].upper() + label[1:]) for code, label in code_words.choices(name, at=at)]


TAPS = {"none": "full", "few": "few", "places": "open"}
OPEN, FULL = "open", "full"


class SayPlaces(forms.Form):
    """How many places a service has now: one button, or a number and its button."""

    have = forms.CharField(required=False, max_length=10)
    places = PlainText(label="Or write how many places you have now", max_length=5)

    def clean(self) -> dict[str, Any]:
        have, text = self.cleaned_data.get("have", ""), self.cleaned_data.get("places", "")
        if have in TAPS:
            return self.cleaned_data
        if not text:
            self.add_error("places", "Press one of the buttons, or write how many places you have")
        elif not (text.isascii() and text.isdigit()):
            self.add_error("places", "Write how many places as a whole number, such as 3")
        return self.cleaned_data

    def said(self) -> tuple[str, int | None]:
        """The state and, where one was written, the number."""
        have = self.cleaned_data.get("have", "")
        if have in TAPS:
            return TAPS[have], None
        number = int(self.cleaned_data["places"])
        return (OPEN, number) if number else (FULL, None)


class MakeLink(forms.Form):
    """A link is made: its key comes with the page, so that one button makes one link."""

    link_id = NewKey()


class TakeLinkBack(forms.Form):
    """A link is taken back, in the version that was seen."""

    seen = Seen()
