"""Another team is asked to come along to a visit, when both meet is said anew, and who else was rung."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import visits
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded, team_choices
from nowrongdoor.pages.rapid import at_the_door, forms
from nowrongdoor.pages.rapid.visits import changed
from nowrongdoor.reading import open_teams, visit_record
from nowrongdoor.rules.change import ChangedMeanwhile, Missing, Refused

COME = "visit.come_along"


@require_http_methods(["GET", "POST"])
def ask_along(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Which team, what for and when to meet; sent twice, they are asked once."""
    record = visit_record.of(visit_id, seen=request.seen)
    one = record.visit
    teams = team_choices.grouped(open_teams.who_may(COME, but_not=one.team_id))
    # From the board, where a crew of that team was seen; whatever else it says is nobody's choice.
    begins = {"half_id": uuid4(), "seen": one.version, "team": request.GET.get("team", "")}
    asked = {"teams": teams, "is_met": one.meet_at is not None}
    form = drafts.form(request, forms.AskAlong, **asked, initial=begins)
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.asked(at=request.at)
            try:
                _ask(request, visit_id, form.cleaned_data, said)
            except ChangedMeanwhile as refusal:
                status = 409
                hidden.sees(form, visit_record.version(visit_id))
                conflict = answers.conflict(request, refusal, yours=said["need"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, "They are asked", "They owe an answer. Your visit goes on as before.")
                return redirect("visit", visit_id)
    context = {
        "form": form,
        "one": at_the_door.pack(record, viewer=request.viewer, at=request.at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "rapid/ask_along.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def meet(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """When both crews meet at the door, said anew by either of the two."""

    def act(form: forms.Meet) -> None:
        meet_at = forms.meets(form.cleaned_data["meet_at"], at=request.at)
        seen = form.cleaned_data["seen"]
        visits.move_meeting(visit_id=visit_id, meet_at=meet_at, by=request.viewer, at=request.at, seen=seen)

    told = ("That is when you meet", "Whoever goes with you is told, and owes an answer.")
    return changed(request, visit_id, forms.Meet, act, "meet", *told)


@require_http_methods(["GET", "POST"])
def others(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Who else was asked by telephone, written anew as it changes."""

    def act(form: forms.Others) -> None:
        visits.note_others(visit_id=visit_id, **form.cleaned_data, by=request.viewer, at=request.at)

    told = ("Noted on the visit", "Whoever goes reads it there. Nobody is told of it otherwise.")
    return changed(request, visit_id, forms.Others, act, "others", *told)


def _ask(
    request: HttpRequest, visit_id: UUID, typed: Mapping[str, object], said: Mapping[str, object]
) -> None:
    half_id = typed["half_id"]
    if _stands(visit_id, half_id, said):
        return
    try:
        visits.ask_along(
            visit_id=visit_id, half_id=half_id, **said, by=request.viewer, at=request.at, seen=typed["seen"]
        )
    except Missing:
        raise Refused("Choose one of the teams.", code="team_missing", field="team") from None
    except Refused:
        if not _stands(visit_id, half_id, said):
            raise


def _stands(visit_id: UUID, half_id: object, said: Mapping[str, object]) -> bool:
    """Whether this very ask is recorded, sent again where the answer was lost."""
    stands = visit_record.recorded(half_id) if isinstance(half_id, UUID) else None
    if stands is None or stands.joint_with_id != visit_id:
        return False
    return recorded.as_sent({"team_id": said["team_id"], "need": str(said["need"]).strip()}, stands)
