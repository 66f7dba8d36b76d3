"""Invented cases that many rate blind: each sees what they said themself, and what all agree on by case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import vignettes as journey
from nowrongdoor.nhsuk import answers, code_words, wording
from nowrongdoor.pages.guidance import forms
from nowrongdoor.reading import vignettes as reading
from nowrongdoor.rules import contact, figures, law, vignettes
from nowrongdoor.rules.change import AlreadyRecorded, Refused
from nowrongdoor.rules.clock import local_date


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Every invented case: those to be rated first, then what this member said of the others."""
    own = reading.own(request.viewer)
    every = vignettes.standing(on=local_date(request.at))
    context = {
        "to_rate": [(one.label, _url(one.code)) for one in every if one.version not in own],
        "rated": [
            (one.label, _url(one.code), _said(*own[one.version], at=request.at))
            for one in every
            if one.version in own
        ],
    }
    return answers.page(request, "guidance/cases.jinja", context)


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, code: str) -> HttpResponse:
    """One invented case: rated once, and afterwards shown with what this member said."""
    one = vignettes.one(code, on=local_date(request.at))
    if one is None:
        raise Http404
    form = forms.Rate(request.POST or None, at=request.at, initial={"rating_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            kept = form.cleaned_data
            about = {"rating_id": kept["rating_id"], "urgency": kept["urgency"]}
            try:
                journey.rate(**about, vignette=one.version, by=request.viewer, at=request.at)
            except AlreadyRecorded:
                return redirect("vignettes")
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                answers.note(request, "Thank you", "What you said is shown to nobody but you.")
                return redirect("vignettes")
    own = reading.own(request.viewer).get(one.version)
    context = {
        "one": one,
        "form": form,
        "answered": _answered(one, at=request.at),
        "said": _said(*own, at=request.at) if own else "",
    }
    return answers.page(request, "guidance/case.jinja", context, status=status)


def agreed(*, at: datetime) -> dict[str, Any]:
    """How far those who rated agree, by case and over all: cases that few rated say nothing."""
    given, every = reading.given(), vignettes.standing(on=local_date(at))
    shown = {
        one.version: given[one.version]
        for one in every
        if figures.shown(sum(given.get(one.version, {}).values()), at=at) != figures.HIDDEN
    }
    codes = len(law.response_times(on=local_date(at)))
    found = vignettes.agreement(shown, codes=codes)
    return {
        "coefficient": f"{found.coefficient:.2f} ({found.low:.2f} to {found.high:.2f})" if found else "",
        "lines": [_line(one, shown.get(one.version), at=at) for one in every],
        "any": bool(shown),
    }


def _line(one: vignettes.Vignette, given: Mapping[str, int] | None, *, at: datetime) -> tuple[str, str, str]:
    if given is None:
        return one.label, figures.HIDDEN, figures.HIDDEN
    every, differ = vignettes.pairs(given)
    return one.label, figures.shown(sum(given.values()), at=at), figures.share(differ, every, at=at)


def _said(rated: str, rated_at: datetime, *, at: datetime) -> str:
    return f"You said: {code_words.urgency_words(rated, at=at)}, {wording.local_when(rated_at, at=at)}"


def _answered(one: vignettes.Vignette, *, at: datetime) -> list[tuple[str, str]]:
    asked = law.questions(contact.QUESTIONS, on=local_date(at)).questions
    return [
        (each.words, code_words.words_of("answers", one.answers.get(each.code, contact.NOT_ASKED), at=at))
        for each in asked
    ]


def _url(code: str) -> str:
    return reverse("vignette", args=[code])
