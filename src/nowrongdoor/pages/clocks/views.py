"""What is due, what has been escalated, and the reply to it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import clocks
from nowrongdoor.nhsuk import answers, drafts, due, hidden, recorded, wording
from nowrongdoor.pages.clocks import forms
from nowrongdoor.reading import due as reading
from nowrongdoor.reading import heard, on_call
from nowrongdoor.reading.keyset import bookmark
from nowrongdoor.rules import access, escalation
from nowrongdoor.rules.change import AlreadyRecorded, Refused


@require_safe
def list_due(request: HttpRequest) -> HttpResponse:
    """Everything that the team is answerable for by a time, to work from and to print: escalated first."""
    viewer, at = request.viewer, request.at
    found = reading.running_if(access.looks_at_people(viewer, at=at), viewer=viewer)
    answers.lists(request, due.listed(found.lines))
    context = {
        "found": found,
        "rows": due.rows(found, team_id=viewer.team_id, on_call=on_call.current(viewer=viewer, at=at), at=at),
        "raised": sum(one.clock.is_raised for one in found.lines),
        "quiet": due.quiet(found.swept_at, at=at),
    }
    return answers.page(request, "clocks/due.jinja", context)


@require_safe
def list_heard(request: HttpRequest) -> HttpResponse:
    """Everything this member hears of while on call, by team and rung, a page at a time: none left out."""
    viewer, at, after = request.viewer, request.at, bookmark(request.GET.get("after", ""))
    rota = on_call.current(viewer=viewer, at=at)
    most = heard.PAGE
    called = heard.by(viewer, on_call=rota, after=after, most=most, each=most + 1, at=at)
    answers.lists(request, due.listed(line for group in called.groups for line in group.lines))
    context = {
        "called": called,
        "groups": due.groups(called, team_id=viewer.team_id, on_call=rota, at=at),
        "stands": due.stands(rota, viewer=viewer, at=at),
        "after": after,
    }
    return answers.page(request, "clocks/heard.jinja", context)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, clock_id: UUID) -> HttpResponse:
    """Somebody says what is done about what was escalated. It rests until then, and is still owed."""
    return _reply(request, reading.one(clock_id))


@require_http_methods(["GET", "POST"])
def reply_about_call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """
    The same of a call just to talk that is late. Its clock is of nobody: whoever only hears of it is told
    neither whom it is about nor how to find out.
    """
    at, viewer = request.at, request.viewer
    rota = on_call.current(viewer=viewer, at=at)
    return _reply(request, reading.call(call_id, viewer=viewer, on_call=rota, at=at))


def _reply(request: HttpRequest, one: escalation.Clock) -> HttpResponse:
    at, clock_id = request.at, one.id
    form = drafts.form(request, forms.Reply, initial={"reply_id": uuid4(), "seen": one.step})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                clocks.reply(
                    clock_id=clock_id,
                    reply_id=typed["reply_id"],
                    step=typed["seen"],
                    decision=typed["decision"],
                    dissent=typed["dissent"],
                    told=typed["told"],
                    rests_until=form.rests_until(at=at),
                    by=request.viewer,
                    at=at,
                )
            except AlreadyRecorded:
                if _as_recorded(form):
                    drafts.sent(request)
                    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
                    return redirect("my_work")
                status = 409
            except Refused as refusal:
                one = reading.one(clock_id)
                overtaken = refusal.code in {"replied_already", "climbed_meanwhile"}
                if overtaken:
                    hidden.sees(form, one.step)
                _refused(request, form, refusal)
                status = 409 if overtaken else answers.status_of(refusal)
            else:
                drafts.sent(request)
                until = wording.local_when(reading.one(clock_id).rests_until or at, at=at)
                words = f"It is still owed. If nothing has come of it by {until}, it is escalated again."
                answers.note(request, "Replied", words)
                return redirect("my_work")
    context = {
        "form": form,
        "one": one,
        "chip": due.chip(one, at=at),
        "what": due.what(one, at=at),
        "told": due.told(one, on_call.current(viewer=request.viewer, at=at), at=at),
        "about_url": due.about_for(one, team_id=request.viewer.team_id),
        "until": _until(one, at=at),
    }
    return answers.page(request, "clocks/reply.jinja", context, status=status)


def _as_recorded(form: forms.Reply) -> bool:
    """The reply this form made is what it says now; otherwise the form says that it is not."""
    typed = form.cleaned_data
    said = {name: typed[name] for name in ("decision", "dissent", "told")}
    if recorded.as_sent(said, reading.reply(typed["reply_id"])):
        return True
    recorded.otherwise(form, what="A reply was already sent from this page", then="look at what it says.")
    return False


def _refused(request: HttpRequest, form: forms.Reply, refusal: Refused) -> None:
    """A time that cannot be is said at the box it was typed in."""
    if refusal.field == "rests_until":
        form.add_error("clock_time", refusal.words)
    else:
        answers.refused(request, form, refusal)


def _until(one: escalation.Clock, *, at: datetime) -> str:
    """When it is looked at again if nobody says otherwise, and the latest that may be said."""
    rungs = [rung for rung in escalation.rungs_of(one) if rung.code == one.rung]
    if not rungs:
        return ""
    usual = wording.local_when(escalation.rest(one, rungs[0], at=at), at=at)
    latest = wording.local_when(escalation.latest_rest(one, rungs[0], at=at), at=at)
    return f"Leave it empty for {usual}. The latest is {latest}."
