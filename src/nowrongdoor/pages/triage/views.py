"""The inbox, and one decision: form to journey, then on to the next in the list."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import triage
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import (
    answers,
    banners,
    clocks,
    code_words,
    drafts,
    holder_line,
    numbers,
    questions,
    recorded,
    wording,
)
from nowrongdoor.pages.triage import forms
from nowrongdoor.pages.triage import wording as words
from nowrongdoor.pages.triage.recorded import is_recorded
from nowrongdoor.reading import triage_case, triage_inbox
from nowrongdoor.reading.keyset import Bookmark, bookmark
from nowrongdoor.reading.triage_case import Case
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """One queue at a time, by due time; the queues are links with their counts."""
    viewer, at = request.viewer, request.at
    name = _queue(request.GET.get("queue", ""))
    after = bookmark(request.GET.get("after", ""))
    page = triage_inbox.queue(name=name, viewer=viewer, at=at, after=after)
    context = {
        "queues": words.QUEUES,
        "counts": triage_inbox.counts(viewer=viewer, at=at),
        "queue": name,
        "rows": [words.row(one, queue=name, at=at) for one in page.rows],
        "next": page.next,
        "after": after,
        "nothing": words.NOTHING[name],
    }
    return answers.page(request, "triage/inbox.jinja", context)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral with its story, and the five decisions."""
    case = triage_case.of(referral_id, viewer=request.viewer, at=request.at)
    form = _form(request, case)
    if request.method == "GET":
        return _show(request, case, form)
    if not form.is_valid():
        return _show(request, case, form, status=422)
    try:
        _act(form, referral_id, by=request.viewer, at=request.at)
    except (AlreadyRecorded, ChangedMeanwhile) as refusal:
        now_so = triage_case.of(referral_id, viewer=request.viewer, at=request.at)
        if not is_recorded(form, now_so, member_id=request.viewer.member_id):
            return _overtaken(request, now_so, refusal)
    except Refused as refusal:
        decision = form.cleaned_data["decision"]
        refusal.field = words.BOXES.get(decision, {}).get(refusal.field, refusal.field)
        answers.refused(request, form, refusal)
        return _show(request, case, form, status=answers.status_of(refusal))
    drafts.sent(request)
    return _on_to_the_next(request, case, form)


def _form(request: HttpRequest, case: Case, sent: QueryDict | None = None) -> forms.Decide:
    referral = case.record.about.referral
    options = {
        "teams": case.teams,
        "others": [(str(one.referral_id), words.other_words(one, at=request.at)) for one in case.involved],
        "at": request.at,
    }
    if sent is not None:
        return forms.Decide(sent, **options)
    initial = {"seen": referral.version, "act_id": uuid4(), "needs": referral.needs}
    # A list leads here with one decision or one team chosen: a start, which can still be changed.
    chosen = {"decision": request.GET.get("decide", ""), "to_team": request.GET.get("team", "")}
    initial |= {name: value for name, value in chosen.items() if value}
    return drafts.form(request, forms.Decide, initial=initial, **options)


def _act(form: forms.Decide, referral_id: UUID, *, by: Viewer, at: datetime) -> None:
    kept = form.cleaned_data
    asked = {"referral_id": referral_id, "by": by, "at": at, "seen": kept["seen"]}
    match kept["decision"]:
        case "accept":
            triage.accept_here(decision=form.decided, **asked)
        case "hand":
            triage.hand_on(
                decision=form.decided,
                handover_id=kept["act_id"],
                to_team_id=form.team(),
                message=form.message,
                **asked,
            )
        case "ask":
            triage.ask(
                promise_id=kept["act_id"],
                asked_of=kept["asked_of"],
                words=kept["question"],
                due_at=form.due_at(at=at),
                **asked,
            )
        case "advise":
            triage.advise(
                decision=form.decided, told=kept["advice_told"], told_by=kept["advice_told_by"], **asked
            )
        case "duplicate":
            triage.duplicate_of(
                other_id=form.duplicate(),
                told=kept["duplicate_told"],
                told_by=kept["duplicate_told_by"],
                **asked,
            )


def _on_to_the_next(request: HttpRequest, case: Case, form: forms.Decide) -> HttpResponse:
    decision, name = form.cleaned_data["decision"], _queue(request.GET.get("queue", ""))
    to_team = next((one.team.name for one in case.teams if str(one.team.id) == form["to_team"].value()), "")
    heading, said = words.done_words(
        decision,
        case.record,
        team=request.viewer.team_name,
        member=request.viewer.member_name,
        to_team=to_team,
        at=request.at,
    )
    referral = case.record.about.referral
    here = Bookmark(referral.due_at, referral.received_at, referral.id)
    queue = name if name != "offered" else "all"
    follows = triage_inbox.next_in(name=queue, viewer=request.viewer, at=request.at, after=here)
    answers.note(request, heading, f"{said} Next in the list:" if follows else said)
    url = reverse("triage_decide", args=[follows]) if follows else reverse("triage")
    return redirect(f"{url}?queue={name}")


def _overtaken(request: HttpRequest, case: Case, refusal: Refused) -> HttpResponse:
    """Somebody was first. The page is true again, the text is kept, and it can be sent once more."""
    again = request.POST.copy()
    again["seen"] = str(case.record.about.referral.version)
    # Sent again it is another act than the one that stands recorded, if this form made that one.
    again["act_id"] = str(uuid4())
    if not isinstance(refusal, ChangedMeanwhile):
        form = _form(request, case, again)
        recorded.otherwise(form, what="This was already recorded", then="check it against the referral.")
        return _show(request, case, form, status=409)
    typed = drafts.readable(request.POST, only=forms.TYPED)
    conflict = answers.conflict(
        request,
        refusal,
        yours="\n\n".join(f"{name}: {text}" for name, text in typed),
        now_true=words.now_true(case.record),
        actions=(
            ("Open the referral", reverse("referral", args=[case.record.about.referral.id])),
            ("Back to triage", reverse("triage")),
        ),
    )
    return _show(request, case, _form(request, case, again), status=409, conflict=conflict)


def _show(
    request: HttpRequest, case: Case, form: forms.Decide, *, status: int = 200, conflict: object = None
) -> HttpResponse:
    about, at = case.record.about, request.at
    referral, person = about.referral, about.person
    banner = None
    if person is not None:
        person_url = reverse("person", args=[person.id])
        banner = banners.person_banner(person, at=at, same_name=about.has_twin, url=person_url)
    context = {
        "form": form,
        "problem": status != 200,
        "conflict": conflict,
        "case": case,
        "referral": referral,
        "contact": about.contact,
        "banner": banner,
        "number": numbers.to_ring(about.contact),
        "answered": questions.answered(about.contact, at=at),
        "said_by": words.said_by(about.contact, at=at),
        "name": banners.name_of(person),
        "chip": clocks.referral_chip(referral, at=at),
        "holds": holder_line.holds(case.record.holds),
        "state": words.STATES[referral.state],
        "handovers": case.record.handovers,
        "owed": [(one, clocks.promise_chip(one.promise, at=at)) for one in case.record.owed],
        "needs": lambda codes: code_words.all_words_of("needs", codes, at=at),
        "code": lambda name, value: code_words.words_of(name, value, at=at),
        "sources": words.urgency_sources(at=at),
        "hints": words.HINTS,
        "could_respond": words.could_respond(case, queue=_queue(request.GET.get("queue", "")), at=at),
        "decided_by": words.decided_by(about, at=at),
        "queue": _queue(request.GET.get("queue", "")),
        "queues": words.QUEUES,
        "states": words.STATES,
        "wording": wording,
    }
    return answers.page(request, "triage/decide.jinja", context, status=status)


def _queue(name: str) -> str:
    return name if name in words.QUEUES else "all"
