"""Our team; a member leaves it; the team closes. Before either, what becomes of the people is said."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import agencies
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, drafts, due, hidden, recorded
from nowrongdoor.nhsuk import wording as words
from nowrongdoor.nhsuk.shapes import Conflict
from nowrongdoor.pages.teams import forms, wording
from nowrongdoor.reading import due as due_reading
from nowrongdoor.reading import kept_entries, on_call, open_teams, team_passing, team_record
from nowrongdoor.reading.team_passing import Gone
from nowrongdoor.rules import access
from nowrongdoor.rules.change import ChangedMeanwhile, Refused


@require_GET
def our_team(request: HttpRequest) -> HttpResponse:
    """Who works here, what we owe that is late, what we owe next, and what was raised to us."""
    viewer, at = request.viewer, request.at
    record = team_record.of(viewer=viewer, at=at)
    if not access.looks_at_people(viewer, at=at):
        record = record.without_people()
    lines = [*record.late.lines, *record.next.lines, *record.raised.lines]
    shows = ("answerable", "identity", "response")
    answers.lists(request, [Seen(one.person_id, one.referral_id, one.contact_id, shows) for one in lines])
    escalated = due_reading.raised_if(access.looks_at_people(viewer, at=at), viewer=viewer)
    answers.lists(request, due.listed(escalated.lines))
    record = replace(record, late=record.late.besides({one.clock.id for one in escalated.lines}))
    context = {
        "escalated": escalated,
        "escalated_rows": due.rows(
            escalated, team_id=viewer.team_id, on_call=on_call.current(viewer=viewer, at=at), at=at
        ),
        "quiet": due.quiet(escalated.swept_at, at=at),
        "record": record,
        "workers": [wording.worker(one, viewer=viewer, at=at) for one in record.workers],
        "skills": wording.skills(record.workers, viewer=viewer, at=at),
        "entries": kept_entries.to_look_at(viewer=viewer, at=at),
        "may_see_endings": access.may_do(viewer, "endings.read", at=at),
        "may_see_unmet": access.may_do(viewer, "gaps.read", at=at),
        "may_ring": access.may_do(viewer, "talk.take", at=at),
        "may_guidance": access.may_do(viewer, "guidance.read", at=at),
        "may_figures": access.may_do(viewer, "figures.read", at=at),
        "may_gaps": access.may_do(viewer, "police_gaps.read", at=at),
        "may_review": access.may_do(viewer, "police.review", at=at),
        "may_leave": access.may_do(viewer, "member.leave", at=at),
        "may_close": access.may_do(viewer, "team.close", at=at) and record.team.closed_at is None,
        **{
            name: [wording.owed(one, viewer=viewer, at=at) for one in found.lines]
            for name, found in (("late", record.late), ("next", record.next), ("raised", record.raised))
        },
    }
    return answers.page(request, "teams/team.jinja", context)


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """A member leaves; what they held and owed by name stays with the team."""
    leaving = team_passing.leaving(member_id, viewer=request.viewer, at=request.at)
    form = drafts.form(request, forms.Leave, holds=sum(one.holds for one in leaving.stays))
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                agencies.leave(member_id=member_id, **form.cleaned_data, by=request.viewer, at=request.at)
            except Refused as refusal:
                leaving = team_passing.leaving(member_id, viewer=request.viewer, at=request.at)
                if leaving.gone and _as_sent(request, leaving.gone, form):
                    return _sent_twice(request)
                if leaving.gone:
                    status, conflict = 409, _was_first(request, leaving.gone, "recorded that they left", form)
                else:
                    answers.refused(request, form, refusal)
                    status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(
                    request,
                    f"{leaving.member.name} has left",
                    "What they held stays with the team, which must accept each anew: see what is owed next.",
                )
                return redirect("our_team")
    context = {
        "form": form,
        "leaving": leaving,
        "stays": [wording.stays(one) for one in leaving.stays],
        "settle_within": wording.settle_within(at=request.at),
        "holds": sum(one.holds for one in leaving.stays),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "teams/leave.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """
    Close the team one works for, in two steps: who takes over and why; then, with what passes to whom on
    the page, that it shall be so.
    """
    passing = team_passing.closing(viewer=request.viewer, at=request.at)
    form = drafts.form(
        request,
        forms.Close,
        teams=open_teams.names(),
        but_not=request.viewer.team_id,
        initial={"seen": passing.team.version},
    )
    if request.method == "GET" or "change" in request.POST:
        # Shown again with what was typed, or afresh; a team that has closed has nothing to send.
        return _close_page(request, "teams/close.jinja", form, passing)
    if not form.is_valid():
        return _close_page(request, "teams/close.jinja", form, passing, status=422)
    has_closed, is_confirmed = passing.team.closed_at is not None, "confirm" in request.POST
    if not has_closed and not (is_confirmed and form.cleaned_data["people"] == passing.people):
        has_changed = is_confirmed
        _says(form, people=passing.people)
        return _close_page(
            request,
            "teams/confirm_close.jinja",
            form,
            passing,
            status=409 if has_changed else 200,
            has_changed=has_changed,
        )
    typed = form.cleaned_data
    try:
        agencies.close_team(
            team_id=request.viewer.team_id,
            successor_id=UUID(typed["successor"]),
            words=typed["words"],
            by=request.viewer,
            at=request.at,
            seen=typed["seen"],
        )
    except Refused as refusal:
        return _close_refused(request, form, refusal)
    drafts.sent(request)
    answers.note(
        request,
        f"{passing.team.name} has closed",
        f"{words.plural(passing.people, 'person', 'people')} passed to {_name_of(form)}.",
    )
    return redirect("our_team")


def _close_refused(request: HttpRequest, form: forms.Close, refusal: Refused) -> HttpResponse:
    passing = team_passing.closing(viewer=request.viewer, at=request.at)
    gone = team_passing.closed_with(viewer=request.viewer)
    if gone is not None:
        is_so = str(passing.team.successor_id) == form.cleaned_data["successor"]
        if is_so and _as_sent(request, gone, form):
            return _sent_twice(request)
        conflict = _was_first(request, gone, f"closed this team into {passing.successor_name}", form)
    elif isinstance(refusal, ChangedMeanwhile):
        hidden.sees(form, passing.team.version)
        conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
    else:
        answers.refused(request, form, refusal)
        conflict = None
    status = 409 if conflict else answers.status_of(refusal)
    return _close_page(request, "teams/close.jinja", form, passing, status=status, conflict=conflict)


def _close_page(
    request: HttpRequest,
    template: str,
    form: forms.Close,
    passing: team_passing.Passing,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    successor = _name_of(form)
    shown = {
        "form": form,
        "passing": passing,
        "successor": successor,
        "lines": wording.passing(passing, successor or "the team you choose", at=request.at),
        "conflict": None,
        "has_changed": False,
        **context,
    }
    shown["problem"] = shown["conflict"] is not None
    return answers.page(request, template, shown, status=status)


def _name_of(form: forms.Close) -> str:
    """The team that takes over, by its name; nothing while none is chosen."""
    chosen = str(form["successor"].value() or "")
    offered = [pair for _, its in form.fields["successor"].choices if isinstance(its, list) for pair in its]
    return dict(offered).get(chosen, "")


def _says(form: django_forms.BaseForm, *, people: int) -> None:
    """The page that follows says how many pass on, and its form knows what was said."""
    form.data = form.data.copy()
    form.data[form.add_prefix("people")] = str(people)


def _as_sent(request: HttpRequest, gone: Gone, form: django_forms.Form) -> bool:
    """This viewer did it, with these words; where nothing passed on, no words were stored."""
    if gone.by_member_id != request.viewer.member_id:
        return False
    said = {"words": form.cleaned_data["words"]}
    return not gone.words or recorded.as_sent(said, {"words": gone.words})


def _sent_twice(request: HttpRequest) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
    return redirect("our_team")


def _was_first(request: HttpRequest, gone: Gone, did: str, form: django_forms.Form) -> Conflict:
    """Somebody did this before, and what was typed now has not been stored."""
    who = "You" if gone.by_member_id == request.viewer.member_id else gone.by_name or "Somebody"
    return Conflict(
        f"{who} {did} {words.ago(gone.when, at=request.at)}.",
        form.cleaned_data["words"],
        "Nothing you did has changed that, and what you wrote has not been stored.",
        (("See the team as it is now", reverse("our_team")),),
    )
