"""The rapid-response board: who waits on the left, crews on the right; a person gives one to the other."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import visits
from nowrongdoor.nhsuk import answers, hidden
from nowrongdoor.pages.rapid import beside_wording, loan_wording, skill_wording, wall, wording
from nowrongdoor.reading import beside, loans, rapid_board, visit_record
from nowrongdoor.reading.rapid_board import Board
from nowrongdoor.rules import access, assigning
from nowrongdoor.rules.change import Missing, Refused

LONGEST_REASON = 2_000
LATEST = timedelta(days=2)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Who waits, soonest due first, and every crew where it is now; wall=1 for a screen anyone may read."""
    if request.GET.get("wall") == "1":
        # It shows nobody, so nobody is on record as looked at.
        shown = rapid_board.of_team(viewer=request.viewer, at=request.at)
        return answers.page(request, "rapid/wall.jinja", wall.context(shown, at=request.at))
    found = _of_team(request)
    context = _context(request, found)
    others = beside.of(viewer=request.viewer, at=request.at)
    context["over_time"] = loan_wording.over_time(
        loans.over_time(viewer=request.viewer, at=request.at), at=request.at
    )
    context["beside"] = beside_wording.teams(others, found.visits, at=request.at)
    return answers.page(request, "rapid/board.jinja", context)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The shift on paper: each crew with its people and its visits, and who waits without one."""
    found = _of_team(request)
    context = _context(request, found) | {"sheet": wording.sheet(found, at=request.at)}
    return answers.page(request, "rapid/sheet.jinja", context)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """
    The same board with the crews ranked for one visit, each with what speaks for it and against it. A person
    chooses; what speaks against their choice needs a reason. Whoever comes second is told who was first.
    """
    status, problem, typed, chosen = 200, "", "", ""
    if request.method == "POST":
        sent = request.POST
        typed = " ".join(sent.get("words", "").replace("\x00", "").split())[:LONGEST_REASON]
        chosen = sent.get("crew", "")[:40]
        try:
            _assign(request, visit_id, chosen, typed)
        except Refused as refusal:
            status = answers.status_of(refusal)
            problem = refusal.words
            if refusal.changed_at is not None:
                told = answers.changed_words(refusal, viewer=request.viewer, at=request.at)
                problem = told if refusal.code == "changed_meanwhile" else f"{refusal.words} {told}"
        else:
            answers.note(request, "A crew has it", "Tell them: ring, or say so when they come in.")
            return redirect("rapid")
    found = _of_team(request)
    one = visit_record.of(visit_id, seen=request.seen)
    known = rapid_board.known_by(one.about.person.id if one.about.person else None)
    crews = [line.facts for line in found.crews]
    offers = assigning.rank(one.visit, crews, skills=found.skills, known=known, at=request.at)
    context = _context(request, found) | {
        "chosen": wording.chosen(one, at=request.at),
        "offers": wording.offers(offers, found.crews, one.visit, at=request.at),
        "problem": bool(problem),
        "words": problem,
        "typed": typed,
        "picked": chosen,
        "may_assign": one.visit.state == "asked",
    }
    return answers.page(request, "rapid/assign.jinja", context, status=status)


def _assign(request: HttpRequest, visit_id: UUID, crew: str, words: str) -> None:
    """From the form of one crew: which, when it leaves as was shown, the version that was seen, and why."""
    try:
        key = UUID(crew)
    except ValueError:
        raise Refused("Choose one of the crews.", code="crew_missing", field="crew") from None
    try:
        visits.assign(
            visit_id=visit_id,
            crew_id=key,
            leaves_at=instant(request.POST.get(f"leaves_{key}", ""), at=request.at),
            words=words,
            by=request.viewer,
            at=request.at,
            seen=hidden.Seen().to_python(request.POST.get("seen")),
        )
    except Missing:
        raise Refused("Choose one of the crews.", code="crew_missing", field="crew") from None


def instant(text: str, *, at: datetime) -> datetime:
    """When the crew was shown to leave; now, where that is not said."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return at
    # No crew is planned for later than a shift or two: what lies beyond was not shown by us.
    return said if said.tzinfo is not None and said < at + LATEST else at


def _of_team(request: HttpRequest) -> Board:
    found = rapid_board.of_team(viewer=request.viewer, at=request.at)
    answers.lists(request, wording.shown(found.visits))
    return found


def _context(request: HttpRequest, found: Board) -> dict[str, object]:
    at, viewer = request.at, request.viewer
    lines = [wording.row(one, at=at) | skill_wording.doubts(one, found, at=at) for one in found.visits]
    return {
        "waiting": [one for one in lines if one["waits"]],
        "under_way": [one for one in lines if not (one["waits"] or one["is_asked"])],
        "asked": [one for one in lines if one["is_asked"]],
        "crews": [wording.crew(one, at=at) for one in found.crews],
        "doubted": [one for one in lines if one["doubts"]],
        "silent": [one for one in lines if one["is_silent"]],
        "more": found.more,
        "may_put_on": access.may_do(viewer, "crew.put_on", at=at),
        "may_figures": access.may_do(viewer, "figures.read", at=at),
        "may_ask_along": access.may_do(viewer, "visit.ask_along", at=at),
        "may_assign_any": access.may_do(viewer, "visit.assign", at=at),
    }
