"""A plan for the whole board: asked for by somebody, who gives all of it, one of it, or leaves it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import visits
from nowrongdoor.nhsuk import answers, hidden
from nowrongdoor.pages.rapid import board, plan_wording, wording
from nowrongdoor.reading import rapid_board
from nowrongdoor.rules import board_plan
from nowrongdoor.rules.change import Missing, Refused


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """
    What might be, with times and reasons; nothing is given until somebody says so. Sent are the crew and the
    time that were shown: what changed since is refused and told, one by one, and the rest is given.
    """
    found = rapid_board.of_team(viewer=request.viewer, at=request.at)
    names = {one.visit.id: plan_wording.name(one) for one in found.visits}
    status, told = 200, []
    if request.method == "POST":
        given, status, told = _give(request, names)
        if given and not told:
            answers.note(request, plan_wording.given(given), "Tell the crews: ring, or when they come in.")
            return redirect("rapid")
        if given:
            told.insert(0, f"{plan_wording.given(given)}.")
            found = rapid_board.of_team(viewer=request.viewer, at=request.at)
    answers.lists(request, wording.shown(found.visits))
    proposed = board_plan.propose(
        [one.visit for one in found.visits],
        [line.facts for line in found.crews],
        skills=found.skills,
        known=rapid_board.known_to(found.visits),
        at=request.at,
    )
    context = plan_wording.plan(proposed, found, at=request.at) | {"told": told, "problem": bool(told)}
    return answers.page(request, "rapid/plan.jinja", context, status=status)


def _give(request: HttpRequest, names: dict[UUID, str]) -> tuple[int, int, list[str]]:
    """How many were given; and of the others why not, each by the name of the person."""
    sent = request.POST
    keys = [sent["one"]] if "one" in sent else sent.getlist("visit")
    given, status, told = 0, 200, []
    for text in keys[: rapid_board.SHOWN]:
        key = _key(text)
        try:
            if key is None:
                raise Refused("Choose one of the visits.", code="visit_missing", field="visit")
            _give_one(request, key)
        except (Refused, Missing) as refusal:
            status, words = _refused(request, refusal)
            told.append(f"{names.get(key, 'A visit') if key else 'A visit'}: {words}")
        else:
            given += 1
    if not keys:
        status, told = 422, ["Nothing was chosen. Send one of them, or look at the board."]
    return given, status, told


def _give_one(request: HttpRequest, key: UUID) -> None:
    """What another crew has is taken back first, for the reason shown; it waits if the rest is refused."""
    sent, viewer, at = request.POST, request.viewer, request.at
    crew = _key(sent.get(f"crew_{key}", ""))
    if crew is None:
        raise Refused("Choose one of the crews.", code="crew_missing", field="crew")
    seen = hidden.Seen().to_python(sent.get(f"seen_{key}"))
    because = _line(sent.get(f"because_{key}", ""))
    if because:
        visits.take_back(visit_id=key, words=because, by=viewer, at=at, seen=seen)
        seen += 1
    visits.assign(
        visit_id=key,
        crew_id=crew,
        leaves_at=board.instant(sent.get(f"leaves_{key}", ""), at=at),
        words=_line(sent.get(f"words_{key}", "")),
        by=viewer,
        at=at,
        seen=seen,
    )


def _refused(request: HttpRequest, refusal: Refused | Missing) -> tuple[int, str]:
    if isinstance(refusal, Missing):
        return 422, "it, or the crew, is not there any more."
    words = refusal.words
    if refusal.changed_at is not None:
        told = answers.changed_words(refusal, viewer=request.viewer, at=request.at)
        words = told if refusal.code == "changed_meanwhile" else f"{words} {told}"
    return answers.status_of(refusal), words


def _key(text: str) -> UUID | None:
    try:
        return UUID(text[:40])
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[: board.LONGEST_REASON]
