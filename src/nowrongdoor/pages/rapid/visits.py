"""
A visit on the phone of whoever goes: whom, where, how to get in, the next step as one large button, the word
that they are safe, and what came of it.
"""

import contextlib
from collections.abc import Callable, Mapping
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import messages, visits
from nowrongdoor.nhsuk import answers, drafts, hidden, kept, recorded, without_signal
from nowrongdoor.pages.rapid import at_the_door, forms, wording
from nowrongdoor.reading import rapid_board, visit_record
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused
from nowrongdoor.rules.visit import STEPS

SAFE, TEXT, COME = "safe", "text", "come_along"


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My visits now: those of the crew I go in, in the order they are planned."""
    found = rapid_board.mine(viewer=request.viewer, at=request.at)
    answers.lists(request, wording.shown(found))
    rows = [wording.row(one, at=request.at) for one in found]
    is_safe = rapid_board.is_any_kept(found)
    return _kept(request, "rapid/mine.jinja", {"rows": rows}, is_kept_safe=is_safe)


@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit at the door: a button says how far it is, that they are safe or come along, or texts."""
    status, problem = 200, ""
    if request.method == "POST":
        try:
            _act(request, visit_id)
        except Refused as refusal:
            status, problem = answers.status_of(refusal), refusal.words
            if isinstance(refusal, ChangedMeanwhile):
                problem = answers.changed_words(refusal, viewer=request.viewer, at=request.at)
        else:
            return redirect("rapid_assign" if request.POST.get("step") == COME else "visit", visit_id)
    record = visit_record.of(visit_id, seen=request.seen)
    context = {
        "one": at_the_door.pack(record, viewer=request.viewer, at=request.at),
        # The note is typed on this page: where there is no signal there is no other.
        "typed": _note(request, record.visit.version),
        "problem": bool(problem),
        "words": problem,
    }
    if not context["one"]["goes"] or record.visit.ended_at is not None:
        return answers.page(request, "rapid/visit.jinja", context | {"keeps": False}, status=status)
    return _kept(request, "rapid/visit.jinja", context, status=status, is_kept_safe=request.seen.is_kept)


def _kept(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    is_kept_safe: bool,
    status: int = 200,
) -> HttpResponse:
    """A page of whoever goes, which their phone may keep while they are on shift."""
    until_at = rapid_board.on_shift_until(viewer=request.viewer, at=request.at)
    keeps = without_signal.may_keep(request, until_at=until_at, is_kept_safe=is_kept_safe)
    page = answers.page(request, template, {**context, "keeps": keeps}, status=status)
    return without_signal.keep(page, request, until_at=until_at) if keeps and until_at else page


def _note(request: HttpRequest, seen: int) -> forms.Finish:
    """The note in its form: blank, or the draft that was asked for. What is sent here is a step, never it."""
    typed = forms.Finish(at=request.at, initial={"seen": seen})
    if request.method == "GET":
        typed = drafts.form(request, forms.Finish, at=request.at, initial={"seen": seen})
        if typed.is_bound:
            hidden.sees(typed, seen)
    return typed


def _act(request: HttpRequest, visit_id: UUID) -> None:
    sent = request.POST
    step, seen = sent.get("step", ""), hidden.Seen().to_python(sent.get("seen"))
    if step == SAFE:
        visits.check_in(visit_id=visit_id, by=request.viewer, at=request.at, seen=seen)
        return
    if step == COME:
        visits.come_along(visit_id=visit_id, by=request.viewer, at=request.at, seen=seen)
        answers.note(request, "You come along", "They see it now. Choose who of your team goes.")
        return
    if step == TEXT:
        # Pressed twice, or sent again where the answer was lost: it is promised once.
        with contextlib.suppress(AlreadyRecorded):
            messages.say_on_the_way(visit_id=visit_id, by=request.viewer, at=request.at, seen=seen)
        return
    visits.go_on(
        visit_id=visit_id, step=step if step in STEPS else "", by=request.viewer, at=request.at, seen=seen
    )


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What came of it and what comes next, sent once: sent again, it says that it is recorded."""

    def act(form: forms.Finish) -> None:
        typed = form.cleaned_data
        said = {name: typed[name] for name in ("outcome", "next_step", "words")}
        if _stands(visit_id, said):
            return  # the same note, sent again where the answer was lost
        try:
            visits.finish(visit_id=visit_id, **said, by=request.viewer, at=request.at, seen=typed["seen"])
        except Refused:
            # A phone gives up on an answer and sends again while we still write the first of the two.
            if not _stands(visit_id, said):
                raise

    told = ("The visit is over", "Whoever holds the person has what comes next on their list.")
    return changed(request, visit_id, forms.Finish, act, "finish", *told, at=request.at)


def _stands(visit_id: UUID, said: Mapping[str, str]) -> bool:
    """Whether this very note is what stands recorded. Who was not at home has no next step of ours."""
    stands = visit_record.recorded(visit_id)
    if stands is None or stands.ended_at is None:
        return False
    note = {"outcome": said["outcome"], "ended_words": said["words"].strip()}
    if stands.next_step:
        note["next_step"] = said["next_step"]
    return recorded.as_sent(note, stands)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Another crew must go: why, for whoever that is."""

    def act(form: forms.Why) -> None:
        visits.take_back(visit_id=visit_id, **form.cleaned_data, by=request.viewer, at=request.at)

    told = ("Taken back", "The visit waits for another crew, by the same time.")
    return changed(request, visit_id, forms.Why, act, "take_back", *told)


@require_http_methods(["GET", "POST"])
def stand_down(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Nobody goes after all: why, and what was agreed instead."""

    def act(form: forms.Why) -> None:
        visits.stand_down(visit_id=visit_id, **form.cleaned_data, by=request.viewer, at=request.at)

    told = ("Stood down", "Nobody goes. Whoever holds the person holds them as before.")
    return changed(request, visit_id, forms.Why, act, "stand_down", *told)


def changed(
    request: HttpRequest,
    visit_id: UUID,
    of: type[Form],
    act: Callable[..., None],
    verb: str,
    done: str,
    words: str,
    **options: object,
) -> HttpResponse:
    """A form that changes one visit; whoever was first is named, and what was typed stays."""
    record = visit_record.of(visit_id, seen=request.seen)
    form = drafts.form(request, of, initial={"seen": record.visit.version}, **options)
    status, conflict = 200, None
    is_kept = verb == "finish" and answers.wants_json(request)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form)
            except ChangedMeanwhile as refusal:
                status = 409
                record = visit_record.of(visit_id, seen=request.seen)
                hidden.sees(form, record.visit.version)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data.get("words", ""))
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, done, words)
                if is_kept:
                    url = reverse("visit", args=[visit_id])
                    return kept.sent(visit_record.recorded(visit_id).ended_at, url=url)
                return redirect("visit", visit_id)
        if is_kept:
            return kept.not_sent(form, status=status, conflict=conflict)
    context = {
        "form": form,
        "one": at_the_door.pack(record, viewer=request.viewer, at=request.at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, f"rapid/{verb}.jinja", context, status=status)
