"""Who matters to a person: the list, writing somebody down, changing what is known, taking them out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import circle
from nowrongdoor.nhsuk import answers, circle_words, code_words, drafts, hidden
from nowrongdoor.nhsuk.fields import Choice, Choices, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.pages.people import as_one
from nowrongdoor.pages.people.framing import frame
from nowrongdoor.reading import circle_of, one_person, person_record, told_of
from nowrongdoor.reading.circle_of import CircleLine
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused
from nowrongdoor.rules.circle import Somebody
from nowrongdoor.rules.words import Unknown

LISTS = {
    "relation": "relations",
    "parts": "circle_parts",
    "contact": "may_contact",
    "tell": "may_be_told",
    "said_by": "about_said_by",
}
NO_NUMBER = [
    (Unknown.NOT_ASKED.value, "Not asked"),
    (Unknown.DECLINED.value, "Declined to say"),
    (Unknown.NOT_KNOWN.value, "Not known"),
]


class Enter(forms.Form):
    """Who they are, whether they may be contacted, what they may be told, and who said so."""

    entry_id = NewKey()
    name = PlainText(label="What are they called?", what="what they are called", required=True)
    relation = Choice(
        label="How do they know the person?",
        what="how they know the person",
        required=True,
        widget=forms.Select,
    )
    parts = Choices(label="What else are they to the person?", what="what they are to the person")
    contact = Choice(label="May they be contacted?", what="whether they may be contacted", required=True)
    tell = Choice(label="What may they be told?", what="what they may be told", required=True)
    words = Words(label="How to involve them, and what of it they may be told", what="this", max_length=5_000)
    phone = PlainText(label="Telephone number")
    phone_unknown = Choice(label="If there is no number, why?", what="why there is no number")
    said_by = Choice(label="Who told you?", what="who told you", required=True)
    said_on = DateParts(label="On which day, if not today?", what="day")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        for field, name in LISTS.items():
            self.fields[field].choices = code_words.choices(name, at=at)
        self.fields["relation"].choices = [("", "Choose"), *self.fields["relation"].choices]
        self.fields["phone_unknown"].choices = NO_NUMBER

    def told(self) -> Somebody:
        """Somebody as they were typed in."""
        typed = {name: one for name, one in self.cleaned_data.items() if name in TOLD}
        return Somebody(**{"phone": None} | typed | {"parts": tuple(typed["parts"])})


class Correct(Enter):
    """The same of somebody who is there. A number that is not shown is not asked for, and stays."""

    entry_id = None
    why = Words(label="Why does this change?", what="why this changes", max_length=5_000)
    seen = Seen()

    def __init__(self, *args: Any, shows_number: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not shows_number:
            del self.fields["phone"], self.fields["phone_unknown"]


class TakeOut(forms.Form):
    why = Words(
        label="Why are they taken out?", what="why they are taken out", required=True, max_length=5_000
    )
    seen = Seen()


TOLD = tuple(name for name in Enter.base_fields if name != "entry_id")


@require_GET
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everybody who matters, and those who were taken out."""
    known, has_twin = person_record.known(person_id, seen=request.seen)
    others = one_person.of(person_id, seen=request.seen).others
    answers.lists(request, as_one.looked_at(others))
    about, lines = told_of.of(person_id, others, seen=request.seen)
    may_change = access.may_do(request.viewer, "circle.correct", at=request.at)
    context = {
        **frame(request, known, has_twin, here="about", lines=about),
        "standing": [
            _shown(one, person_id, may_change, at=request.at) for one in lines if not one.entry.withdrawn_at
        ],
        "over": [_shown(one, person_id, False, at=request.at) for one in lines if one.entry.withdrawn_at],
        "enter_url": reverse("circle_enter", args=[person_id])
        if access.may_do(request.viewer, "circle.enter", at=request.at)
        else "",
        "hides": not request.seen.sight.shows(Element.RESPONSE),
    }
    return answers.page(request, "people/circle.jinja", context)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write somebody down; sent twice, they are written down once."""
    form = drafts.form(request, Enter, at=request.at, initial={"entry_id": uuid4()})

    def act() -> None:
        circle.enter(
            entry_id=form.cleaned_data["entry_id"],
            person_id=person_id,
            told=form.told(),
            by=request.viewer,
            at=request.at,
        )

    return _answered(request, person_id, form, act, title="Who matters to them: write somebody down")


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """What is known of them changes; a colleague may have been first."""
    line = circle_of.one(entry_id, person_id=person_id, seen=request.seen)
    entry = line.entry
    known = {name: getattr(entry, name) for name in TOLD}
    form = drafts.form(
        request,
        Correct,
        at=request.at,
        shows_number=line.shows_number,
        initial={**known, "why": "", "seen": entry.version},
    )

    def act() -> None:
        circle.correct(
            entry_id=entry_id,
            told=form.told(),
            why=form.cleaned_data["why"],
            by=request.viewer,
            at=request.at,
            seen=form.cleaned_data["seen"],
        )

    return _answered(request, person_id, form, act, title=f"Change: {entry.name}", line=line)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, person_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take them out; they stay to be read among those who were."""
    line = circle_of.one(entry_id, person_id=person_id, seen=request.seen)
    form = drafts.form(request, TakeOut, initial={"seen": line.entry.version})

    def act() -> None:
        circle.withdraw(entry_id=entry_id, **form.cleaned_data, by=request.viewer, at=request.at)

    return _answered(request, person_id, form, act, title=f"Take out: {line.entry.name}", line=line)


def _answered(
    request: HttpRequest,
    person_id: UUID,
    form: Any,
    act: Callable[[], None],
    *,
    title: str,
    line: CircleLine | None = None,
) -> HttpResponse:
    """The form, or what became of it."""
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except AlreadyRecorded:
                return _done(
                    request, person_id, "Recorded already", "It was sent twice, and is recorded once."
                )
            except ChangedMeanwhile as refusal:
                status = answers.status_of(refusal)
                hidden.sees(form, refusal.found)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data.get("why", ""))
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _done(request, person_id, "Written down", "What was known before stays on record.")
    known, has_twin = person_record.known(person_id, seen=request.seen)
    context = {
        **frame(request, known, has_twin, here=""),
        "form": form,
        "title": title,
        "one": circle_words.told(line, at=request.at) if line else None,
        "shows_number": line is None or line.shows_number,
        "takes_out": isinstance(form, TakeOut),
        "back": reverse("person_circle", args=[person_id]),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "people/in_circle.jinja", context, status=status)


def _done(request: HttpRequest, person_id: UUID, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    return redirect(reverse("person_circle", args=[person_id]))


def _shown(line: CircleLine, person_id: UUID, may_change: bool, *, at: datetime) -> dict[str, Any]:
    entry = line.entry
    # Somebody who stands on another record of the person is changed from that record.
    may_change = may_change and entry.person_id == person_id
    urls = {name: reverse(f"circle_{name}", args=[person_id, entry.id]) for name in ("correct", "withdraw")}
    return {**circle_words.told(line, at=at), **(urls if may_change else {"correct": "", "withdraw": ""})}
