"""A call just to talk is stopped by whoever asked for it, or by anybody the person says so to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import talks
from nowrongdoor.nhsuk import answers, drafts
from nowrongdoor.pages.talks import forms
from nowrongdoor.reading import talks as reading
from nowrongdoor.rules.change import Refused


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """Why nobody should ring any more; the network reads it, and whoever said that they will ring."""
    call = reading.stopped(promise_id, seen=request.seen)
    form = drafts.form(request, forms.Withdraw, initial={"seen": call.promise.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                talks.withdraw(promise_id=promise_id, **given, by=request.viewer, at=request.at)
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, "Stopped", "Nobody rings any more. Whoever said they will is told.")
                return redirect(_back(request))
    context = {"form": form, "call": call, "back": _back(request)}
    return answers.page(request, "talks/withdraw.jinja", context, status=status)


def _back(request: HttpRequest) -> str:
    """What it is owed on, as this viewer came to it."""
    seen = request.seen
    about = {"person": seen.person_id, "referral": seen.referral_id, "contact": seen.contact_id}
    for name, key in about.items():
        if key is not None:
            return reverse(name, args=[key])
    return reverse("my_work")
