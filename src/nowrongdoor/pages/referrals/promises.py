"""What was promised is kept, or let go with a reason. Time alone does neither."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import promises
from nowrongdoor.nhsuk import answers, clocks, drafts, hidden, numbers
from nowrongdoor.pages.referrals import forms
from nowrongdoor.reading import contact_record, owed, signposts_of
from nowrongdoor.rules import signpost
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """It was done; this came of it."""
    return _end(request, promise_id, promises.keep, kept=True)


@require_http_methods(["GET", "POST"])
def let_go(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """It is no longer owed, and this is why."""
    return _end(request, promise_id, promises.let_go, kept=False)


def _end(request: HttpRequest, promise_id: UUID, act: Callable[..., None], *, kept: bool) -> HttpResponse:
    one = owed.one(promise_id)
    asks: dict[str, Any] = {"initial": {"seen": one.promise.version}}
    endings = _endings(one.promise, at=request.at) if kept else []
    form = (
        drafts.form(request, forms.Keeping, at=request.at, endings=endings, **asks)
        if kept
        else drafts.form(request, forms.Ending, **asks)
    )
    form.fields["words"].label = "What came of it?" if kept else "Why is this no longer owed?"
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                when = {"done_at": form.happened_at()} if kept else {}
                names = ("words", "seen", *(("came_of",) if endings else ()))
                typed = {name: form.cleaned_data[name] for name in names}
                act(promise_id=promise_id, **typed, **when, by=request.viewer, at=request.at)
            except ChangedMeanwhile as refusal:
                status, one = 409, owed.one(promise_id)
                hidden.sees(form, one.promise.version)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
            else:
                drafts.sent(request)
                answers.note(request, "Recorded" if kept else "No longer owed")
                return redirect(_about(one.promise))
    contact = contact_record.recorded(one.promise.contact_id) if one.promise.contact_id else None
    context = {
        "form": form,
        "kept": kept,
        "endings": endings,
        "owed": one,
        "chip": clocks.promise_chip(one.promise, at=request.at),
        "contact": contact,
        "number": numbers.to_ring(contact),
        "back": _about(one.promise),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "referrals/promise.jinja", context, status=status)


def _endings(promise: Promise, *, at: datetime) -> list[tuple[str, str]]:
    """How a service may end that somebody was told of and is asked about; none for any other promise."""
    service = signposts_of.asked_about(promise.id) if promise.kind == PromiseKind.CALLBACK else None
    return [(one.code, one.label) for one in signpost.endings(service, at=at)] if service else []


def _about(promise: Promise) -> str:
    """Where the promise came from: its referral, its contact, or the person it is owed to."""
    if promise.referral_id:
        return reverse("referral", args=[promise.referral_id])
    if promise.contact_id:
        return reverse("contact", args=[promise.contact_id])
    return reverse("person", args=[promise.person_id])
