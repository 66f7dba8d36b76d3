"""Chasing an offer: the giver has asked after the answer, and both sides read what was said."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import handovers
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded
from nowrongdoor.pages.handovers import forms, wording
from nowrongdoor.reading import handover_record
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused

TEMPLATE = "handovers/chase.jinja"


@require_http_methods(["GET", "POST"])
def chase(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The receiver has been asked after their answer. The offer waits as it did, by the same time."""
    record = handover_record.of(handover_id, seen=request.seen)
    initial = {"chase_id": uuid4(), "seen": record.asked.handover.version}
    form = drafts.form(request, forms.Chase, at=request.at, initial=initial)
    if request.method == "GET":
        return _page(request, record, form)
    if not form.is_valid():
        return _page(request, record, form, status=422)
    try:
        handovers.chase(handover_id=handover_id, **form.cleaned_data, by=request.viewer, at=request.at)
    except AlreadyRecorded:
        if not _as_recorded(form, record):
            return _page(request, record, form, status=409)
    except Refused as refusal:
        return _refuse(request, handover_id, form, refusal)
    drafts.sent(request)
    answers.note(
        request,
        f"You chased {record.asked.receiver_team}",
        "They see it with the offer. The time to answer is the same, and your team holds the person.",
    )
    return redirect("handover", handover_id)


def _as_recorded(form: forms.Chase, record: HandoverRecord) -> bool:
    """The chase this form made says what it says now; otherwise the form says that it does not."""
    said = {name: form.cleaned_data[name] for name in ("how", "words")}
    if any(recorded.as_sent(said, one) for one in record.asked.chases):
        return True
    recorded.otherwise(
        form, what="That you chased them was already recorded from this page", then="record it as another."
    )
    return False


def _refuse(request: HttpRequest, handover_id: UUID, form: forms.Chase, refusal: Refused) -> HttpResponse:
    """The offer as it is now, with who answered it, and what was typed."""
    record = handover_record.of(handover_id, seen=request.seen)
    conflict = None
    if isinstance(refusal, ChangedMeanwhile):
        hidden.sees(form, record.asked.handover.version)
        conflict = answers.conflict(
            request,
            refusal,
            yours=form.cleaned_data["words"],
            now_true=wording.now_true(record),
            actions=(("See the handover as it is now", reverse("handover", args=[handover_id])),),
        )
    else:
        answers.refused(request, form, refusal)
    return _page(request, record, form, conflict=conflict, status=answers.status_of(refusal))


def _page(
    request: HttpRequest,
    record: HandoverRecord,
    form: forms.Chase,
    *,
    conflict: object = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **wording.page(record, at=request.at),
        "form": form,
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, TEMPLATE, context, status=status)
