"""A second look at a share of decisions, blind, and how far those who decide agree: to learn from."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import ratings
from nowrongdoor.kernel.access_log.looking import Seen as Looked
from nowrongdoor.nhsuk import answers, code_words, questions, wording
from nowrongdoor.pages.guidance import forms, vignettes
from nowrongdoor.reading import second_looks as reading
from nowrongdoor.rules import access, consistency, figures, law
from nowrongdoor.rules.change import AlreadyRecorded, Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing


@require_safe
def consistency_page(request: HttpRequest) -> HttpResponse:
    """How far two who decide agree, where they do not, and what waits for a second look."""
    at, found = request.at, reading.rated()
    rated = [one.rating for one in found]
    codes = len(law.response_times(on=local_date(at)))
    agreed = consistency.agreement([(one.decided, one.rated) for one in rated], codes=codes)
    waits = []
    if access.may_do(request.viewer, "rating.give", at=at):
        waits = reading.waiting(viewer=request.viewer, at=at)
        answers.lists(request, [Looked(one.person_id, one.referral_id, None, ("response",)) for one in waits])
    by_agency: dict[str, list[int]] = {}
    for one in found:
        counted = by_agency.setdefault(one.agency, [0, 0])
        counted[0] += 1
        counted[1] += one.rating.decided != one.rating.rated
    split = consistency.by_urgency(rated)
    by_urgency = {code_words.urgency_words(code, at=at): counts for code, counts in split.items()}
    context = {
        "share": f"{seeing.most('rated_per_thousand', at=at) / 10:g}%",
        "agreed": _agreed(agreed, at=at),
        "splits": [
            ("How soon was decided", _lines(by_urgency, at=at)),
            ("Time of day", _lines(consistency.by_hour(rated), at=at)),
            ("Agency", _lines({name: (both[0], both[1]) for name, both in sorted(by_agency.items())}, at=at)),
        ],
        "cases": vignettes.agreed(at=at),
        "may_rate": access.may_do(request.viewer, "rating.give", at=at),
        "waits": [
            (wording.local_when(one.decided_at, at=at), reverse("second_look", args=[one.referral_id]))
            for one in waits
        ],
    }
    return answers.page(request, "guidance/consistency.jinja", context)


@require_http_methods(["GET", "POST"])
def second_look(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What was known when it was decided, and not what was decided."""
    waits, about = reading.facts(referral_id, seen=request.seen)
    posted = request.POST if request.method == "POST" else None
    form = forms.Rate(posted, at=request.at, initial={"rating_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                ratings.give(
                    rating_id=said["rating_id"],
                    advice_id=waits.advice_id,
                    urgency=said["urgency"],
                    by=request.viewer,
                    at=request.at,
                )
            except AlreadyRecorded:
                return redirect("consistency")
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                answers.note(
                    request, "Thank you", "It is kept to learn from, and changes nothing that was decided."
                )
                return redirect("consistency")
    context = {
        "form": form,
        "when": wording.local_when(waits.decided_at, at=request.at),
        "contact": about.contact,
        "referral": about.referral,
        "answered": questions.answered(about.contact, at=request.at),
    }
    return answers.page(request, "guidance/second_look.jinja", context, status=status)


def _agreed(found: consistency.Agreement | None, *, at: datetime) -> dict[str, str] | None:
    if found is None or figures.shown(found.rated, at=at) == figures.HIDDEN:
        return None
    return {
        "rated": figures.shown(found.rated, at=at),
        "alike": figures.share(found.alike, found.rated, at=at),
        "coefficient": f"{found.coefficient:.2f} ({found.low:.2f} to {found.high:.2f})",
    }


def _lines(split: dict[str, tuple[int, int]], *, at: datetime) -> list[tuple[str, str, str]]:
    return [(group, *_counted(*counts, at=at)) for group, counts in split.items()]


def _counted(rated: int, otherwise: int, *, at: datetime) -> tuple[str, str]:
    return figures.shown(rated, at=at), figures.share(otherwise, rated, at=at)
