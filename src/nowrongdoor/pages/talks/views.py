"""The list of whoever rings to talk: who waits, I will ring, what came of it, and I am worried."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nowrongdoor.journeys import talks
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, drafts
from nowrongdoor.pages.talks import forms
from nowrongdoor.pages.talks import wording as words
from nowrongdoor.reading import talks as reading
from nowrongdoor.reading.talks import Call
from nowrongdoor.rules import access
from nowrongdoor.rules.change import AlreadyRecorded, Refused
from nowrongdoor.rules.words import PromiseState

NAME = ("identity",)
CAME_OF = {
    "talked": ("Recorded", "Thank you. The call is kept."),
    "again": ("Recorded", "Thank you. The next call stands on the list."),
    "no_answer": (
        "Recorded",
        "It is never dropped: it is tried again, or goes back to whoever asked for it.",
    ),
    "not_wanted": ("Recorded", "The call is kept: they were asked, and did not want it."),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Who waits, soonest first; a number only for whoever said that they will ring."""
    return _list(request)


@require_safe
def one(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One call by itself, as a late clock leads to it: the same as on the list, and for nobody else."""
    viewer, at = request.viewer, request.at
    call = reading.owed(call_id, viewer=viewer, at=at)
    is_open = call.promise.state == PromiseState.OPEN
    answers.lists(request, _seen([call], shows=() if is_open else NAME))
    context = {
        "row": words.row(call, viewer=viewer, at=at) if is_open else None,
        "ended": None if is_open else words.ended(call, at=at),
        **_may(request),
    }
    return answers.page(request, "talks/call.jinja", context)


@require_POST
def take(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """I will ring. Two at once: one has it, and the other is told who."""
    form = forms.Take(request.POST)
    if not form.is_valid():
        return _list(request, status=422, problem="Open the list again, and take the call from there.")
    try:
        talks.take(talk_id=talk_id, seen=form.cleaned_data["seen"], by=request.viewer, at=request.at)
    except Refused as refusal:
        return _list(
            request, status=answers.status_of(refusal), problem=words.refused(refusal, at=request.at)
        )
    answers.note(request, "You will ring", "Their number is here now. Say afterwards what came of it.")
    return redirect("talk", reading.one(talk_id, viewer=request.viewer).promise.id)


@require_POST
def tell(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """What came of a call, by the button that says so."""
    form = forms.Tell(request.POST, at=request.at)
    if not form.is_valid():
        said = " ".join(str(one) for errors in form.errors.values() for one in errors)
        return _list(request, status=422, problem=said)
    typed = form.cleaned_data
    try:
        talks.tell(
            talk_id=talk_id,
            came_of=typed["came_of"],
            next_id=typed["next_id"],
            next_promise_id=typed["next_promise_id"],
            next_at=None,
            seen=typed["seen"],
            by=request.viewer,
            at=request.at,
        )
    except Refused as refusal:
        return _list(
            request, status=answers.status_of(refusal), problem=words.refused(refusal, at=request.at)
        )
    answers.note(request, *CAME_OF[typed["came_of"]])
    return redirect("talks")


@require_http_methods(["GET", "POST"])
def worry(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """Whoever holds the person, or the front door that asked for the call, hears of it at once."""
    call = reading.one(talk_id, viewer=request.viewer)
    answers.lists(request, _seen([call], shows=NAME))
    form = drafts.form(request, forms.Worry, initial={"contact_id": uuid4(), "callback_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                talks.worry(talk_id=talk_id, **form.cleaned_data, by=request.viewer, at=request.at)
            except AlreadyRecorded:
                return _told(request, "Recorded already")
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _told(request, "They know now")
    context = {"form": form, "call": call, "name": call.talk.ask_for}
    return answers.page(request, "talks/worry.jinja", context, status=status)


def _told(request: HttpRequest, heading: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(
        request,
        heading,
        "Whoever looks after them has it as a contact, with a call back due. In danger, ring 999.",
    )
    return redirect("talks")


def _list(request: HttpRequest, *, status: int = 200, problem: str = "") -> HttpResponse:
    viewer, at = request.viewer, request.at
    found = reading.of_team(viewer=viewer, at=at)
    answers.lists(request, _seen([*found.waiting, *found.ended]))
    context = {
        "waiting": [words.row(one, viewer=viewer, at=at) for one in found.waiting],
        "ended": (ended := [words.ended(one, at=at) for one in found.ended]),
        "stopped": [one for one in ended if one["is_stopped"] and one["ringer"] == viewer.member_id],
        "more": found.more,
        "days": reading.BACK.days,
        "said": problem,
        "problem": bool(problem),
        **_may(request),
    }
    return answers.page(request, "talks/list.jinja", context, status=status)


def _may(request: HttpRequest) -> dict[str, object]:
    """What this viewer may do about a call, and how one may end."""
    viewer, at = request.viewer, request.at
    return {
        "may_ring": access.may_do(viewer, "talk.take", at=at),
        "may_worry": access.may_do(viewer, "talk.worry", at=at),
        "outcomes": words.outcomes(at=at),
    }


def _seen(calls: list[Call], *, shows: tuple[str, ...] = ()) -> list[Seen]:
    """Whom a page names: a first name is a look, and so is a number, and what they wish to talk about."""
    return [
        Seen(one.promise.person_id, one.promise.referral_id, one.promise.contact_id, shows or _elements(one))
        for one in calls
        if not one.is_kept
    ]


def _elements(one: Call) -> tuple[str, ...]:
    told = {"whereabouts": one.talk.number, "story": one.talk.words}
    return (*NAME, *(element for element, words in told.items() if words))
