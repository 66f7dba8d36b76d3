"""A crew is put on shift, and its shift ended early."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import crews
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded
from nowrongdoor.pages.rapid import forms, wording
from nowrongdoor.reading import rapid_board
from nowrongdoor.reading.rapid_board import CrewLine
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Missing, Refused


@require_http_methods(["GET", "POST"])
def put_on(request: HttpRequest) -> HttpResponse:
    """A crew goes on shift from now; sent twice, it is one crew."""
    viewer, at = request.viewer, request.at
    members = rapid_board.members(viewer=viewer)
    form = drafts.form(request, forms.PutOn, members=members, at=at, initial={"crew_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            said = {name: typed[name] for name in ("name", "base", "travel", "device")}
            try:
                crews.put_on(
                    crew_id=typed["crew_id"],
                    **said,
                    from_at=at,
                    until_at=at + timedelta(hours=int(typed["hours"])),
                    seatings=form.seatings(),
                    by=viewer,
                    at=at,
                )
            except AlreadyRecorded:
                stands = rapid_board.recorded(typed["crew_id"])
                if recorded.as_sent(said, stands and stands[0]):
                    return _done(request, "Recorded already", "It was sent twice, and is recorded once.")
                recorded.otherwise(form, what="A crew was already put on", then="look at the board.")
                status = 409
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _done(request, "On shift", "The crew can be given visits from now on.")
    return answers.page(request, "rapid/put_on.jinja", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, crew_id: UUID) -> HttpResponse:
    """Its shift ends now, for a reason; not while somebody waits for it."""
    line = _of_team(request, crew_id)
    form = drafts.form(request, forms.Why, initial={"seen": line.crew.version})
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                crews.end(crew_id=crew_id, **form.cleaned_data, by=request.viewer, at=request.at)
            except ChangedMeanwhile as refusal:
                status = 409
                hidden.sees(form, refusal.found)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _done(request, "The shift has ended", f"{line.crew.name} is given no more visits.")
    context = {
        "form": form,
        "one": wording.crew(line, at=request.at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "rapid/end.jinja", context, status=status)


def _of_team(request: HttpRequest, crew_id: UUID) -> CrewLine:
    for one in rapid_board.crews(viewer=request.viewer, at=request.at):
        if one.crew.id == crew_id:
            return one
    raise Missing("crew")


def _done(request: HttpRequest, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    return redirect("rapid")
