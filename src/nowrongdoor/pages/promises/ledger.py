"""The ledger of call backs: who promised to ring, by when, and whether somebody did."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, clocks, due, records, whom, wording
from nowrongdoor.reading import call_backs
from nowrongdoor.reading.call_backs import CallBackLine, Which
from nowrongdoor.rules import access, clock
from nowrongdoor.rules.words import PromiseState

TABS = {
    Which.ALL: "All",
    Which.OPEN: "Open",
    Which.LATE: "Late",
    Which.KEPT: "Kept",
    Which.LET_GO: "No longer owed",
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every call back of the team: what is open first; what was late stays late, kept or not."""
    viewer, at = request.viewer, request.at
    asked = request.GET.get("show", "")
    which = Which(asked) if asked in set(Which) else Which.ALL
    found = call_backs.of_team(
        which, viewer=viewer, looks_at_people=access.looks_at_people(viewer, at=at), at=at
    )
    answers.lists(request, [_seen(one) for one in found.lines if one.promise.state == PromiseState.OPEN])
    url = reverse("call_backs")
    context = {
        "tabs": [
            (
                f"{words} ({found.counts[key]:,})",
                f"{url}?show={key}" if key != Which.ALL else url,
                key == which,
            )
            for key, words in TABS.items()
        ],
        "rows": [_row(one, at=at) for one in found.lines],
        "more": found.more,
        "days": call_backs.BACK.days,
        "what": TABS[which].lower(),
    }
    return answers.page(request, "promises/ledger.jinja", context)


def _seen(one: CallBackLine) -> Seen:
    return Seen(one.promise.person_id, one.promise.referral_id, one.promise.contact_id, due.SHOWS)


def _row(one: CallBackLine, *, at: datetime) -> dict[str, object]:
    owed = one.promise
    is_open = owed.state == PromiseState.OPEN
    return {
        "id": f"call-back-{owed.id}",
        "chip": clocks.promise_chip(owed, at=at),
        "is_late": one.was_late or (is_open and clock.is_late(owed.due_at, at=at)),
        "name": whom.name(one.whom) if is_open else "",
        "about": whom.about(one.whom, at=at) if is_open else "",
        "url": records.about(owed),
        "words": owed.words if is_open else "",
        "who": one.member or "the team",
        "made": wording.local_when(owed.made_at, at=at),
        "due": wording.local_when(owed.due_at, at=at),
        "became": _became(one, at=at),
        "keep_url": reverse("promise_keep", args=[owed.id]) if is_open else "",
    }


def _became(one: CallBackLine, *, at: datetime) -> str:
    """Kept or not, by whom and when, and how much too late."""
    owed = one.promise
    raised = f"Raised {wording.plural(owed.escalation_level, 'time')}. " if owed.escalation_level else ""
    if owed.ended_at is None:
        return f"{raised}Not kept yet"
    did = "Kept" if owed.state == PromiseState.KEPT else "No longer owed"
    late = ""
    if owed.ended_at >= owed.due_at and owed.state == PromiseState.KEPT:
        late = f", {wording.duration(owed.ended_at - owed.due_at)} late"
    return f"{raised}{did} {wording.local_when(owed.ended_at, at=at)} by {one.ended_by}{late}"
