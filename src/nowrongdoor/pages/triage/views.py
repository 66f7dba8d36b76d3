"""The inbox, and one decision: form to journey, then on to the next in the list."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import triage
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import answers, drafts, recorded
from nowrongdoor.pages.triage import answering, forms, screen, showing, specialists
from nowrongdoor.pages.triage import wording as words
from nowrongdoor.pages.triage.recorded import is_recorded
from nowrongdoor.pages.triage.specialists import Advice
from nowrongdoor.reading import triage_case
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.triage_case import Case
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """One queue at a time, by due time; the queues are links with their counts."""
    shown = screen.of(request.viewer, request.GET, at=request.at)
    for seen in shown.seen:
        answers.lists(request, seen)
    heading = words.QUEUES[screen.queue_of(request.GET)]
    context = {"heading": heading, "words": shown.words, "parts": shown.parts}
    return answers.page(request, "triage/inbox.jinja", context)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral with its story beside the list, and the decisions; or the answer to an offer of it."""
    case = triage_case.of(referral_id, seen=request.seen)
    form = showing.form_for(request, case)
    if request.method == "GET":
        return showing.show(request, case, form)
    if isinstance(form, forms.Answer):
        return answering.answer(request, case, form, referral_id)
    if not form.is_valid():
        return showing.show(request, case, form, status=422)
    advice = _advice(request, case, form)
    if advice is not None:
        form.data = form.data.copy()
        form.data["advised"] = advice.about
        return showing.show(request, case, form, advice=advice)
    try:
        _act(form, referral_id, by=request.viewer, at=request.at)
    except (AlreadyRecorded, ChangedMeanwhile) as refusal:
        now_so = triage_case.of(referral_id, seen=request.seen)
        if not is_recorded(form, now_so, member_id=request.viewer.member_id):
            return _overtaken(request, now_so, refusal)
    except Refused as refusal:
        decision = form.cleaned_data["decision"]
        refusal.field = words.BOXES.get(decision, {}).get(refusal.field, refusal.field)
        answers.refused(request, form, refusal)
        return showing.show(request, case, form, status=answers.status_of(refusal))
    drafts.sent(request)
    return _on_to_the_next(request, case, form)


def _advice(request: HttpRequest, case: Case, form: forms.Decide) -> Advice | None:
    """
    What has not been advised yet about the needs that were chosen: said once, and sent again it is recorded.

    Not where it was overtaken, which is the greater news; nor where nobody recorded the discipline, for
    then the page has nothing to say that is about the one who decides.
    """
    kept = form.cleaned_data
    if kept["decision"] not in ("accept", "hand", "advise") or kept["why_not_usual"]:
        return None
    if kept["seen"] != case.record.about.referral.version:
        return None
    if not case.discipline_of(request.viewer.member_id):
        return None
    advice = specialists.advice(case, tuple(kept["needs"]), viewer=request.viewer, at=request.at)
    return advice if advice is not None and advice.about != kept["advised"] else None


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
                service_id=form.meant(),
                **asked,
            )
        case "ask":
            triage.ask(
                promise_id=kept["act_id"],
                asked_of=kept["asked_of"],
                words=kept["question"],
                due_at=form.due_at(at=at),
                waits_for=kept["waits_for"],
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
    decision, name = form.cleaned_data["decision"], showing.queue_of(request)
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
    return showing.on_to_the_next(request, heading, said, queue=queue, after=here)


def _overtaken(request: HttpRequest, case: Case, refusal: Refused) -> HttpResponse:
    """Somebody was first. The page is true again, the text is kept, and it can be sent once more."""
    again = request.POST.copy()
    again["seen"] = str(case.record.about.referral.version)
    # Sent again it is another act than the one that stands recorded, if this form made that one.
    again["act_id"] = str(uuid4())
    if not isinstance(refusal, ChangedMeanwhile):
        form = showing.form_for(request, case, again)
        recorded.otherwise(form, what="This was already recorded", then="check it against the referral.")
        return showing.show(request, case, form, status=409)
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
    return showing.show(request, case, showing.form_for(request, case, again), status=409, conflict=conflict)
