"""The rota: who is on call, putting somebody on it, and taking off whoever cannot go on."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import rota as journey
from nowrongdoor.nhsuk import answers, drafts, due, hidden, recorded
from nowrongdoor.pages.rota import forms, wording
from nowrongdoor.reading import on_call
from nowrongdoor.rules import access
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused

# What a refusal is about, and the box it is said at.
BOXES = {"from": "from_time", "until": "until_time"}


@require_safe
def rota(request: HttpRequest) -> HttpResponse:
    """Who is on call in the agency now and later, and where nobody is."""
    viewer, at = request.viewer, request.at
    found, now = on_call.of_agency(viewer=viewer, at=at), on_call.current(viewer=viewer, at=at)
    may_take_off = access.may_do(viewer, "rota.take_off", at=at)
    lines = [wording.line(one, may_take_off=may_take_off, at=at) for one in found.lines]
    context = {
        "now": [one for one in lines if one["is_now"]],
        "later": [one for one in lines if not one["is_now"]],
        "more": found.more,
        "gaps": wording.gaps(now, on_call.choices(viewer=viewer).teams, at=at),
        "stands": due.stands(now, viewer=viewer, at=at),
        "may_put_on": access.may_do(viewer, "rota.put_on", at=at),
    }
    return answers.page(request, "rota/rota.jinja", context)


@require_http_methods(["GET", "POST"])
def put_on(request: HttpRequest) -> HttpResponse:
    """Somebody is on call for a time; sent twice, they are put on once."""
    viewer, at = request.viewer, request.at
    choices = on_call.choices(viewer=viewer)
    form = drafts.form(request, forms.PutOn, choices=choices, at=at, initial={"duty_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = _said(form)
            try:
                journey.put_on(duty_id=form.cleaned_data["duty_id"], **said, by=viewer, at=at)
            except AlreadyRecorded:
                if recorded.as_sent(said, on_call.recorded(form.cleaned_data["duty_id"])):
                    return _done(request, "Recorded already", "It was sent twice, and is recorded once.")
                recorded.otherwise(
                    form, what="Somebody was already put on the rota", then="look at the rota."
                )
                status = 409
            except Refused as refusal:
                if refusal.field in BOXES:
                    form.add_error(BOXES[refusal.field], refusal.words)
                else:
                    answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _done(request, "On the rota", "They hear of what has climbed to them from then on.")
    return answers.page(request, "rota/put_on.jinja", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def take_off(request: HttpRequest, duty_id: UUID) -> HttpResponse:
    """They cannot go on: from now they hear no more, and somebody else must."""
    line = on_call.one(duty_id, viewer=request.viewer)
    form = drafts.form(request, forms.TakeOff, initial={"seen": line.duty.version})
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                journey.take_off(duty_id=duty_id, **form.cleaned_data, by=request.viewer, at=request.at)
            except ChangedMeanwhile as refusal:
                status = answers.status_of(refusal)
                hidden.sees(form, refusal.found)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _done(request, "Taken off the rota", f"{line.member_name} does not hear from now on.")
    context = {
        "form": form,
        "one": wording.line(line, may_take_off=False, at=request.at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "rota/take_off.jinja", context, status=status)


def _said(form: forms.PutOn) -> dict[str, object]:
    typed = form.cleaned_data
    from_at, until_at = form.between()
    is_agency = typed["team"] == forms.WHOLE_AGENCY
    return {
        "team_id": None if is_agency else UUID(typed["team"]),
        "member_id": UUID(typed["member"]),
        "rung": typed["rung"],
        "phone": typed["phone"],
        "from_at": from_at,
        "until_at": until_at,
    }


def _done(request: HttpRequest, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    return redirect("rota")
