"""Skills and powers of the team: what ends soon, entering one with its days, and ending one early."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import skills as journey
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded
from nowrongdoor.pages.rapid import skill_forms, skill_wording
from nowrongdoor.reading import rapid_board
from nowrongdoor.reading import skills as reading
from nowrongdoor.rules import access
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused


@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    """Who of the team holds what until when; what ends first stands first."""
    viewer, at = request.viewer, request.at
    found = reading.of_team(viewer=viewer, at=at)
    may_end = access.may_do(viewer, "skill.end", at=at)
    context = skill_wording.parts(found, may_end=may_end, at=at) | {
        "may_enter": access.may_do(viewer, "skill.enter", at=at)
    }
    return answers.page(request, "rapid/skills.jinja", context)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """A member holds something from a day on; sent twice, it is entered once."""
    viewer, at = request.viewer, request.at
    members = rapid_board.members(viewer=viewer)
    first = {name: request.GET.get(name, "") for name in ("member", "kind")}
    form = drafts.form(
        request, skill_forms.Enter, members=members, at=at, initial={"skill_id": uuid4(), **first}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.said()
            key = form.cleaned_data["skill_id"]
            try:
                journey.enter(skill_id=key, **said, by=viewer, at=at)
            except AlreadyRecorded:
                if recorded.as_sent(said, reading.recorded(key)):
                    return _done(request, "Recorded already", "It was sent twice, and is recorded once.")
                recorded.otherwise(form, what="A skill was already entered", then="look at the list.")
                status = 409
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _done(request, "Entered", "It counts from its first day up to its last, by itself.")
    return answers.page(request, "rapid/skill_enter.jinja", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, skill_id: UUID) -> HttpResponse:
    """From now on it counts no more, for a reason; what is planned is shown on the board as not counted."""
    viewer, at = request.viewer, request.at
    found = reading.one(skill_id, viewer=viewer, at=at)
    form = drafts.form(request, skill_forms.End, initial={"seen": found.skill.version})
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                journey.end(skill_id=skill_id, **form.cleaned_data, by=viewer, at=at)
            except ChangedMeanwhile as refusal:
                status = answers.status_of(refusal)
                hidden.sees(form, refusal.found)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                told = "Look at the board: a visit that was planned with it says so there."
                return _done(request, "It counts no more", told)
    context = {
        "form": form,
        "one": skill_wording.line(found, may_end=False, at=at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "rapid/skill_end.jinja", context, status=status)


def _done(request: HttpRequest, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    return redirect("skills")
