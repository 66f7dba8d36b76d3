"""One referral: read with its holder line and clocks, taken by name, begun, closed and reopened."""

from uuid import UUID, uuid4

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import holdings, referrals
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded
from nowrongdoor.nhsuk.shapes import Conflict
from nowrongdoor.pages.referrals import advice_wording, forms, police_wording, statutory_wording, wording
from nowrongdoor.reading import referral_record, service_kinds, stage_lines
from nowrongdoor.rules.change import ChangedMeanwhile, Refused


@require_GET
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Who holds it, by when, what was handed to whom, and what this viewer may do."""
    return show(request, referral_id)


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """This one is mine."""
    if request.method == "GET":
        return show(request, referral_id)
    form = forms.Act(request.POST)
    form.is_valid()
    try:
        holdings.take(
            referral_id=referral_id, by=request.viewer, at=request.at, seen=form.cleaned_data["seen"]
        )
    except Refused as refusal:
        return refuse(request, referral_id, form, refusal)
    answers.note(
        request,
        "You are named",
        f"{request.viewer.team_name} holds this person, and you are the one who does.",
    )
    return redirect("referral", referral_id)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Help has begun: the team has been in touch with the person."""
    if request.method == "GET":
        return show(request, referral_id)
    form = forms.Act(request.POST)
    form.is_valid()
    try:
        referrals.begin(
            referral_id=referral_id, by=request.viewer, at=request.at, seen=form.cleaned_data["seen"]
        )
    except Refused as refusal:
        return refuse(request, referral_id, form, refusal)
    answers.note(request, "Help has begun", "The response clock has stopped.")
    return redirect("referral", referral_id)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """End a referral with its outcome and what the person was told."""
    record = referral_record.of(referral_id, seen=request.seen)
    held = record.held_now
    kinds = service_kinds.of_team(held.holding.team_id, at=request.at) if held else ()
    initial = {"seen": record.about.referral.version}
    form = drafts.form(request, forms.Close, at=request.at, kinds=kinds, initial=initial)
    if request.method == "GET":
        return _page(request, "referrals/close.jinja", record, form)
    if not form.is_valid():
        return _page(request, "referrals/close.jinja", record, form, status=422)
    try:
        referrals.close(referral_id=referral_id, **form.cleaned_data, by=request.viewer, at=request.at)
    except Refused as refusal:
        return _refuse_on(
            request, "referrals/close.jinja", record, form, refusal, yours=form.cleaned_data["told"]
        )
    drafts.sent(request)
    answers.note(request, "Referral closed", "It can be reopened if the person needs it again.")
    return redirect("referral", referral_id)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take a closed referral up again; this team holds it from now."""
    record = referral_record.of(referral_id, seen=request.seen)
    initial = {"seen": record.about.referral.version, "holding_id": uuid4()}
    form = drafts.form(request, forms.Reopen, initial=initial)
    if request.method == "GET":
        return _page(request, "referrals/reopen.jinja", record, form)
    if not form.is_valid():
        return _page(request, "referrals/reopen.jinja", record, form, status=422)
    try:
        referrals.reopen(referral_id=referral_id, **form.cleaned_data, by=request.viewer, at=request.at)
    except Refused as refusal:
        if not _reopened_so(request, referral_id, form):
            return _refuse_on(
                request, "referrals/reopen.jinja", record, form, refusal, yours=form.cleaned_data["why"]
            )
    drafts.sent(request)
    answers.note(
        request, "Reopened", f"{request.viewer.team_name} holds this person again, and you are named."
    )
    return redirect("referral", referral_id)


def _reopened_so(request: HttpRequest, referral_id: UUID, form: forms.Reopen) -> bool:
    """The very reopening this form makes stands recorded, with the same words: it was sent twice."""
    record = referral_record.of(referral_id, seen=request.seen)
    typed, held = form.cleaned_data, record.held_now
    return (
        held is not None
        and held.holding.id == typed["holding_id"]
        and recorded.as_sent({"reopening_words": typed["why"]}, record.about.referral)
    )


def refuse(
    request: HttpRequest, referral_id: UUID, form: django_forms.Form, refusal: Refused, *, yours: str = ""
) -> HttpResponse:
    """The referral as it is now, with why the act was not done."""
    conflict = _conflict(request, referral_id, refusal, yours=yours)
    if conflict is None:
        answers.refused(request, form, refusal)
    return show(request, referral_id, form=form, conflict=conflict, status=answers.status_of(refusal))


def _refuse_on(
    request: HttpRequest,
    template: str,
    record: referral_record.ReferralRecord,
    form: django_forms.Form,
    refusal: Refused,
    *,
    yours: str,
) -> HttpResponse:
    conflict = _conflict(request, record.about.referral.id, refusal, yours=yours)
    if conflict is None:
        answers.refused(request, form, refusal)
    else:
        record = referral_record.of(record.about.referral.id, seen=request.seen)
        hidden.sees(form, record.about.referral.version)
    return _page(request, template, record, form, conflict=conflict, status=answers.status_of(refusal))


def _conflict(
    request: HttpRequest, referral_id: UUID, refusal: Refused, *, yours: str = ""
) -> Conflict | None:
    if not isinstance(refusal, ChangedMeanwhile):
        return None
    return answers.conflict(
        request,
        refusal,
        yours=yours,
        now_true="Nothing you did has changed that. Below is how it stands now.",
        actions=(("See the referral as it is now", reverse("referral", args=[referral_id])),),
    )


def show(
    request: HttpRequest,
    referral_id: UUID,
    *,
    form: django_forms.Form | None = None,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    record = referral_record.of(referral_id, seen=request.seen)
    accepting = form if isinstance(form, forms.AcceptReHomed) else _accepting(request, record)
    return _page(
        request,
        "referrals/referral.jinja",
        record,
        form or accepting or forms.Act(),
        accepting=accepting,
        conflict=conflict,
        status=status,
    )


def _accepting(request: HttpRequest, record: referral_record.ReferralRecord) -> forms.AcceptReHomed | None:
    """The form that accepts what was re-homed to this viewer's team, where it waits for that."""
    held = record.held_now
    if held is None or held.re_homing is None or "accept_re_homed" in record.why_not:
        return None
    known = {"re_homing_id": held.re_homing.id, "seen": held.re_homing.version}
    if request.method == "POST":
        # Another form of this page was sent: what was typed there is not this one's.
        return forms.AcceptReHomed(initial=known)
    return drafts.form(request, forms.AcceptReHomed, initial=known)


def _page(
    request: HttpRequest,
    template: str,
    record: referral_record.ReferralRecord,
    form: django_forms.Form,
    *,
    accepting: forms.AcceptReHomed | None = None,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    in_touch = stage_lines.of(record.about.referral.id, seen=request.seen)
    context = {
        **wording.page(record, in_touch=in_touch, viewer=request.viewer, at=request.at),
        "statutory": [statutory_wording.line(one, at=request.at) for one in in_touch.statutory],
        "advice": [advice_wording.line(one, at=request.at) for one in in_touch.advice],
        "police": police_wording.lines(in_touch.police, why_not=record.why_not, at=request.at),
        "form": form,
        "accepting": accepting,
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, template, context, status=status)
