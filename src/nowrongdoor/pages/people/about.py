"""About a person: every heading with its answer or why there is none, and writing one answer down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import about_me
from nowrongdoor.nhsuk import about_words, answers, circle_words, code_words, drafts, wording
from nowrongdoor.nhsuk.fields import Choice, Choices, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, RowKey
from nowrongdoor.pages.people import as_one
from nowrongdoor.pages.people.framing import frame
from nowrongdoor.reading import about_person, one_person, person_record, told_of
from nowrongdoor.reading.about_person import AboutLine
from nowrongdoor.reading.circle_of import CircleLine
from nowrongdoor.rules import access
from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.law.headings import Heading
from nowrongdoor.rules.words import Unknown

# Headings that somebody in the circle answers.
PARTS = {"next_of_kin": {"next_of_kin"}, "carers": {"carer", "young_carer"}, "advocate": {"advocate"}}


class Answer(forms.Form):
    """Answered or not, what was chosen and said, who said it, and whose words they are."""

    answer_id = NewKey()
    replaces_id = RowKey(missing="That answer is not there.")
    state = Choice(label="Was it answered?", what="whether it was answered", required=True)
    codes = Choices(label="Which of these?", what="which of these", required=False)
    words = Words(label="What did they say?", what="what they said", max_length=20_000)
    said_by = Choice(label="Who told you?", what="who told you")
    said_by_name = PlainText(label="Their name, if it was not the person")
    whose_words = Choice(label="Whose words are these?", what="whose words these are")
    said_on = DateParts(label="On which day, if not today?", what="day")

    def __init__(self, *args: Any, heading: Heading, is_answered: bool, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        states = about_words.STATES
        self.fields["state"].choices = [
            one for one in states.items() if is_answered or one[0] != Unknown.NOT_ASKED
        ]
        self.fields["said_by"].choices = [
            one
            for one in code_words.choices("about_said_by", at=at)
            if not heading.said_by or one[0] in heading.said_by
        ]
        self.fields["whose_words"].choices = code_words.choices("about_whose_words", at=at)
        for name in ("said_by", "whose_words"):
            self.fields[name].required = False
        if heading.picks_one:
            self.fields["codes"] = Choice(label="Which one do they choose?")
        if heading.codes:
            self.fields["codes"].choices = code_words.choices(heading.codes, at=at)
        else:
            del self.fields["codes"]


@require_GET
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Every heading, who said what and when, and what was said before."""
    known, has_twin = person_record.known(person_id, seen=request.seen)
    others = one_person.of(person_id, seen=request.seen).others
    answers.lists(request, as_one.looked_at(others))
    lines, circle = told_of.of(person_id, others, seen=request.seen)
    may_answer = access.may_do(request.viewer, "about_me.answer", at=request.at)
    context = {
        **frame(request, known, has_twin, here="about", lines=lines),
        "lines": [
            _shown(one, person_id, _among(circle, one.heading.code), may_answer=may_answer, at=request.at)
            for one in lines
        ],
        "hides": not request.seen.sight.shows(Element.RESPONSE),
    }
    return answers.page(request, "people/about.jinja", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, person_id: UUID, heading: str) -> HttpResponse:
    """Write one answer down; what stood before stays to be read."""
    known, has_twin = person_record.known(person_id, seen=request.seen)
    lines = about_person.of(person_id, seen=request.seen)
    line = next((one for one in lines if one.heading.code == heading), None)
    if line is None:
        raise Missing("heading")
    now = line.stands.answer if line.stands else None
    form = drafts.form(
        request,
        Answer,
        heading=line.heading,
        is_answered=now is not None,
        at=request.at,
        initial={"answer_id": uuid4(), "replaces_id": now.id if now else None},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = dict(form.cleaned_data)
            keys = {name: typed.pop(name) for name in ("answer_id", "replaces_id")}
            said = Said(heading=heading, **typed | {"codes": _codes(typed.get("codes"))})
            try:
                about_me.answer(**keys, person_id=person_id, said=said, by=request.viewer, at=request.at)
            except AlreadyRecorded:
                return _done(
                    request, person_id, "Recorded already", "It was sent twice, and is recorded once."
                )
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
                if refusal.code == "answered_since" and now is not None:
                    # The page now shows what stands: sent again, it has been read.
                    form.data = form.data.copy()
                    form.data["replaces_id"] = str(now.id)
            else:
                return _done(request, person_id, "Written down", "What was said before stays to be read.")
    context = {
        **frame(request, known, has_twin, here="", lines=lines),
        "form": form,
        "heading": line.heading,
        "not_the_same": about_words.NOT_THE_SAME.get(heading, ""),
        "now": about_words.told(line, at=request.at) if now else None,
        "back": reverse("person_about", args=[person_id]),
    }
    return answers.page(request, "people/answer.jinja", context, status=status)


def _codes(chosen: str | list[str] | None) -> tuple[str, ...]:
    return (chosen,) if isinstance(chosen, str) and chosen else tuple(chosen or ())


def _done(request: HttpRequest, person_id: UUID, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    return redirect(reverse("person_about", args=[person_id]))


def _among(circle: Iterable[CircleLine], heading: str) -> tuple[str, ...]:
    """Who of those that matter to them is what the heading asks for."""
    parts = PARTS.get(heading, set())
    standing = (one.entry for one in circle if one.entry.withdrawn_at is None)
    return tuple(one.name or circle_words.NAME_HIDDEN for one in standing if parts & set(one.parts))


def _shown(
    line: AboutLine, person_id: UUID, named: tuple[str, ...], *, may_answer: bool, at: datetime
) -> dict[str, Any]:
    label = line.heading.label
    return {
        "now": about_words.told(line, at=at),
        "named": wording.listed(named) if named else "",
        "beside": [about_words.of_answer(one, label=label, at=at) for one in line.beside],
        "before": [about_words.of_answer(one, label=label, at=at) for one in line.before],
        "url": reverse("person_answer", args=[person_id, line.heading.code]) if may_answer else "",
    }
