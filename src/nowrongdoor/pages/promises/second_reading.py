"""A second person reads what may keep help from somebody, and says what becomes of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import second_readings
from nowrongdoor.nhsuk import answers, banners, clocks, drafts, hidden, records
from nowrongdoor.pages.promises import forms
from nowrongdoor.reading import owed, person_record, safe_to_ring
from nowrongdoor.reading.owed import Owed
from nowrongdoor.rules import withholding
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind, PromiseState

BECAME = {
    withholding.AGREE: ("It stands", "Staff know it first from now on."),
    withholding.CHANGE: ("Written otherwise", "What keeps no help back stands; what may waits again."),
    withholding.SET_ASIDE: ("Set aside", "It stays in the timeline, with why it does not stand."),
}
ON_RECORD = {
    withholding.AGREE: ("It holds", "It stays on record as it was written, and the timeline says why."),
    withholding.SET_ASIDE: (
        "Set aside",
        "It stays on record as it was written. The timeline says why it does not hold.",
    ),
}


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Agree, write it otherwise, or set it aside; never whoever wrote it."""
    one = _seen(request, promise_id)
    if one.promise.kind != PromiseKind.SECOND_READING or one.promise.person_id is None:
        return _nothing_waits(request, one.promise)
    person, has_twin = person_record.known(one.promise.person_id, seen=request.seen)
    back = reverse("person", args=[person.id])
    initial = {"seen": one.promise.version, "words": one.promise.held_words}
    on_record = bool(one.promise.held_from)
    form = drafts.form(request, forms.SecondReading, initial=initial)
    if on_record:
        form.fields["how"].choices = forms.ON_RECORD
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                second_readings.answer(
                    promise_id=promise_id, **form.cleaned_data, by=request.viewer, at=request.at
                )
            except ChangedMeanwhile as refusal:
                status, one = 409, _seen(request, promise_id)
                hidden.sees(form, one.promise.version)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["reason"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                became = ON_RECORD if on_record else BECAME
                answers.note(request, *became[form.cleaned_data["how"]])
                return redirect(back)
    context = {
        "form": form,
        "one": one,
        "chip": clocks.promise_chip(one.promise, at=request.at),
        "words": ", ".join(withholding.found(one.promise.held_words, at=one.promise.made_at)).lower(),
        "banner": banners.person_banner(
            person, safe=safe_to_ring.about(person), at=request.at, same_name=has_twin, url=back
        ),
        "why_not": _why_not(one.promise, request.viewer.member_id),
        "back": back,
        "on_record": on_record,
        "where": _where(one.promise),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "promises/second_reading.jinja", context, status=status)


def _seen(request: HttpRequest, promise_id: UUID) -> Owed:
    """What waits, as far as this viewer may see it."""
    return owed.as_seen([owed.one(promise_id)], request.seen.of_person())[0]


def _nothing_waits(request: HttpRequest, promised: Promise) -> HttpResponse:
    context = {
        "form": forms.SecondReading(),
        "one": None,
        "banner": None,
        "conflict": None,
        "why_not": "Nothing here waits for a second reader.",
        "back": records.about(promised),
    }
    status = 200 if request.method == "GET" else 422
    return answers.page(request, "promises/second_reading.jinja", context, status=status)


def _where(waiting: Promise) -> str:
    """Where it can be read as it was written, by whoever may read it there."""
    if waiting.referral_id is None and waiting.contact_id is None and waiting.person_id is not None:
        return reverse("person_timeline", args=[waiting.person_id])
    return records.about(waiting)


def _why_not(waiting: Promise, member_id: UUID) -> str:
    if waiting.state != PromiseState.OPEN:
        return "Somebody has read it already."
    if waiting.written_by_id == member_id:
        return "You wrote this. Somebody else reads it before it stands."
    return ""
