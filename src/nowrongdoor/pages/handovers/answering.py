"""A handover as both sides see it, and its answer: accepted, returned with a next team, or withdrawn."""

from datetime import datetime
from uuid import UUID, uuid4

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import handovers
from nowrongdoor.nhsuk import about_words, answers, drafts, hidden, live, recorded, seeing_words, team_choices
from nowrongdoor.nhsuk.shapes import Conflict
from nowrongdoor.pages.handovers import edges, forms, wording
from nowrongdoor.reading import handover_record, open_teams
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.rules.change import ChangedMeanwhile, Missing, Refused
from nowrongdoor.rules.stage import StageKind


@require_GET
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """What was handed over, what came of it, who holds meanwhile; for the receiver, the answer."""
    record = handover_record.of(handover_id, seen=request.seen)
    if record.to_receive and _received(request, handover_id):
        record = handover_record.of(handover_id, seen=request.seen)
    return _show(request, record, _accept_form(request, record))


def _received(request: HttpRequest, handover_id: UUID) -> bool:
    """The team that was asked has it on a screen now: the giver is told so. It is not answered by that."""
    try:
        handovers.receive(handover_id=handover_id, by=request.viewer, at=request.at)
    except (Refused, Missing):
        return False  # answered, taken back or opened by a colleague at this very moment
    return True


@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The receiver takes the person on."""
    record = handover_record.of(handover_id, seen=request.seen)
    form = _accept_form(request, record)
    if request.method == "GET":
        return _show(request, record, form)
    if not form.is_valid():
        return _show(request, record, form, status=422)
    typed = form.cleaned_data
    try:
        handovers.accept(
            handover_id=handover_id,
            read_back=typed["read_back"],
            holding_id=typed["holding_id"],
            agreed_at=form.happened_at(),
            by=request.viewer,
            at=request.at,
            seen=typed["seen"],
        )
    except Refused as refusal:
        if refusal.field == "agreed_at":
            form.add_error("happened_time", refusal.words)
            return _show(request, record, form, status=answers.status_of(refusal))
        said = {"read_back": typed["read_back"]}
        if not _again(refusal, request, handover_id, "accepted", said, agreed_at=form.happened_at()):
            return _refuse(
                request, handover_id, "handovers/handover.jinja", form, refusal, yours=typed["read_back"]
            )
    drafts.sent(request)
    answers.note(request, "Accepted", f"{request.viewer.team_name} holds this person now, and you are named.")
    return redirect("referral", record.about.referral.id)


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """A no, with a reason and the team that is asked next in the same act. The giver goes on holding."""
    record = handover_record.of(handover_id, seen=request.seen)
    offered = record.asked.handover
    known, but_not = open_teams.with_services(), (offered.receiver_team_id, offered.giver_team_id)
    form = drafts.form(
        request,
        forms.Return,
        at=request.at,
        teams=team_choices.grouped(known, but_not=but_not),
        services=team_choices.services(known, but_not=but_not),
        initial={"seen": offered.version, "next_handover_id": uuid4()},
    )
    template = "handovers/return.jinja"
    if request.method == "GET":
        return _page(request, template, record, form)
    if not form.is_valid():
        return _page(request, template, record, form, status=422)
    typed = form.cleaned_data
    meant = team_choices.service_meant(known, team_id=form.next_team_id(), chosen=typed["service"])
    try:
        handovers.send_back(
            handover_id=handover_id,
            reason=typed["reason"],
            words=typed["words"],
            next_team_id=form.next_team_id(),
            next_handover_id=typed["next_handover_id"],
            next_service_id=meant,
            by=request.viewer,
            at=request.at,
            seen=typed["seen"],
        )
    except Missing:
        form.add_error("next_team", "That team is not here any more. Choose another.")
        return _page(request, template, record, form, status=422)
    except Refused as refusal:
        said = {
            "reason": typed["reason"],
            "reason_words": typed["words"],
            "next_team_id": form.next_team_id(),
        }
        if not _again(refusal, request, handover_id, "returned", said, meant=meant):
            return _refuse(request, handover_id, template, form, refusal, yours=typed["words"])
    drafts.sent(request)
    answers.note(
        request,
        "Returned",
        "The next team has been asked, by the same time. The giver still holds the person.",
    )
    return redirect("handover", handover_id)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The giver takes back an offer nobody has answered."""
    record = handover_record.of(handover_id, seen=request.seen)
    form = drafts.form(
        request, forms.Withdraw, at=request.at, initial={"seen": record.asked.handover.version}
    )
    template = "handovers/withdraw.jinja"
    if request.method == "GET":
        return _page(request, template, record, form)
    if not form.is_valid():
        return _page(request, template, record, form, status=422)
    typed = form.cleaned_data
    try:
        handovers.withdraw(handover_id=handover_id, **typed, by=request.viewer, at=request.at)
    except Refused as refusal:
        said = {"reason": typed["reason"], "reason_words": typed["words"]}
        if not _again(refusal, request, handover_id, "withdrawn", said):
            return _refuse(request, handover_id, template, form, refusal, yours=typed["words"])
    drafts.sent(request)
    answers.note(request, "Offer taken back", "Your team holds the person, as it did all along.")
    return redirect("referral", record.about.referral.id)


def _accept_form(request: HttpRequest, record: HandoverRecord) -> forms.Accept:
    initial = {"seen": record.asked.handover.version, "holding_id": uuid4()}
    return drafts.form(request, forms.Accept, at=request.at, initial=initial)


def _again(
    refusal: Refused,
    request: HttpRequest,
    handover_id: UUID,
    did: str,
    said: dict[str, object],
    *,
    agreed_at: datetime | None = None,
    meant: UUID | None = None,
) -> bool:
    """This member did the same a moment ago, with the same answers: the form was sent twice."""
    if not isinstance(refusal, ChangedMeanwhile) or refusal.kind != f"handover.{did}":
        return False
    record = handover_record.of(handover_id, seen=request.seen)
    asked = record.asked
    following = (one.handover for one in record.others if one.handover.after_id == handover_id)
    if any(one.service_id != meant for one in following):
        return False
    counted = next((one.started_at for one in asked.stages if one.kind == StageKind.FIRST_CONTACT), None)
    if counted is not None and counted != (agreed_at or asked.handover.answered_at):
        return False
    return recorded.as_sent(said | {"answered_by_id": request.viewer.member_id}, asked.handover)


def _refuse(
    request: HttpRequest,
    handover_id: UUID,
    template: str,
    form: django_forms.Form,
    refusal: Refused,
    *,
    yours: str,
) -> HttpResponse:
    """The handover as it is now, with why the act was not done and what was typed."""
    record = handover_record.of(handover_id, seen=request.seen)
    conflict = None
    if isinstance(refusal, ChangedMeanwhile):
        hidden.sees(form, record.asked.handover.version)
        conflict = answers.conflict(
            request,
            refusal,
            yours=yours,
            now_true=wording.now_true(record),
            actions=(
                ("See the referral as it is now", reverse("referral", args=[record.about.referral.id])),
            ),
        )
    else:
        answers.refused(request, form, refusal)
    return _page(request, template, record, form, conflict=conflict, status=answers.status_of(refusal))


def _show(
    request: HttpRequest, record: HandoverRecord, form: django_forms.Form, *, status: int = 200
) -> HttpResponse:
    return _page(request, "handovers/handover.jinja", record, form, status=status)


def _page(
    request: HttpRequest,
    template: str,
    record: HandoverRecord,
    form: django_forms.Form,
    *,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **wording.page(record, at=request.at),
        "about_them": about_words.read_first(record.about.person, seen=request.seen, at=request.at),
        "edges": edges.of(record.asked, at=request.at),
        "form": form,
        "sealed": seeing_words.before_asking(request.seen),
        "conflict": conflict,
        # Beside a form that was open when a colleague was first: it stays, with what was typed in it.
        "overtaken": wording.now_true(record) if live.is_refetched(request) and not record.waits else "",
        "problem": conflict is not None,
    }
    return answers.page(request, template, context, status=status)
