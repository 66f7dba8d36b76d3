"""Handing over: to whom, by which clock, in I-PASS shape, seen first as the receiver will see it."""

from hashlib import sha256
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import attachments as keeping
from nowrongdoor.journeys import handovers
from nowrongdoor.nhsuk import (
    about_words,
    answers,
    drafts,
    hidden,
    recorded,
    seeing_words,
    team_choices,
    wording,
)
from nowrongdoor.nhsuk.files import ACCEPTED
from nowrongdoor.nhsuk.shapes import Conflict
from nowrongdoor.pages.handovers import composer_words, forms
from nowrongdoor.pages.handovers import wording as words
from nowrongdoor.reading import attachments, handover_composer, handover_record
from nowrongdoor.reading.handover_composer import Composer
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.rules import access
from nowrongdoor.rules.attachment import KeptFile, plain_name
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Missing, Refused


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Write the offer, look at it as the receiver will, send it. This team holds until they accept."""
    composer = handover_composer.of(referral_id, seen=request.seen)
    form = drafts.form(
        request,
        forms.Offer,
        at=request.at,
        teams=team_choices.grouped(composer.teams),
        services=team_choices.services(composer.teams),
        files=request.FILES if request.method == "POST" else None,
        kept=_kept(request),
        initial={
            "handover_id": uuid4(),
            "seen": composer.record.about.referral.version,
            **composer_words.asked_first(composer, request.GET.get("service", "")),
            **composer_words.first_message(composer.record, at=request.at),
        },
    )
    if request.method == "GET":
        return _show(request, composer, form)
    if "preview" in request.POST:
        return _preview(request, composer, form)
    if not form.is_valid():
        # Once they have accepted, the team that was asked holds, and cannot be chosen any more: a form
        # sent twice would be told of a mistake nobody made.
        return _sent_before(request, composer, form) or _show(request, composer, form, status=422)
    return _send(request, composer, form)


def _preview(request: HttpRequest, composer: Composer, form: forms.Offer) -> HttpResponse:
    form.full_clean()
    if "to_team" in form.errors and not request.POST.get("to_team"):
        # Nobody is chosen yet: the message can be looked at all the same.
        del form.errors["to_team"]
    return _show(request, composer, form, preview=True, status=422 if form.errors else 200)


def _send(request: HttpRequest, composer: Composer, form: forms.Offer) -> HttpResponse:
    referral_id = composer.record.about.referral.id
    handover_id = form.cleaned_data["handover_id"]
    team = composer.team(UUID(form.cleaned_data["to_team"]))
    try:
        handovers.offer(
            referral_id=referral_id,
            handover_id=handover_id,
            to_team_id=UUID(form.cleaned_data["to_team"]),
            message=form.message(),
            attachments=form.attachments(),
            service_id=composer_words.service_meant(composer, form),
            by=request.viewer,
            at=request.at,
            seen=form.cleaned_data["seen"],
        )
    except AlreadyRecorded:
        return _sent_before(request, composer, form) or _show(request, composer, form, status=409)
    except Missing:
        form.add_error("to_team", "That team is not here any more. Choose another.")
        return _show(request, composer, form, status=422)
    except ChangedMeanwhile as refusal:
        if done := _sent_before(request, composer, form):
            return done
        # The page shows the referral as it is now, and the form sent again has seen that.
        composer = handover_composer.of(referral_id, seen=request.seen)
        hidden.sees(form, composer.record.about.referral.version)
        return _show(request, composer, form, conflict=_conflict(request, refusal, referral_id), status=409)
    except Refused as refusal:
        if done := _sent_before(request, composer, form):
            return done
        answers.refused(request, form, refusal)
        return _show(request, composer, form, status=answers.status_of(refusal))
    drafts.sent(request)
    answers.note(
        request,
        f"Offered to {team.team.name if team else 'the team'}",
        f"They answer by {wording.local_when(composer.answer_by, at=request.at)}. "
        "Your team holds the person until they accept.",
    )
    return redirect("handover", handover_id)


def _sent_before(request: HttpRequest, composer: Composer, form: forms.Offer) -> HttpResponse | None:
    """
    On to the very offer this form makes, when that is on record: the form was sent twice. Where the
    form has been changed since, it says so, and what was written stays in it.
    """
    try:
        record = handover_record.of(form.cleaned_data["handover_id"], seen=request.seen)
    except (KeyError, Missing):
        return None
    asked = record.asked.handover
    said = {"referral_id": composer.record.about.referral.id, "receiver_team_id": form.asked_team()}
    said["service_id"] = composer_words.service_meant(composer, form)
    if said["service_id"] is None and composer.team(asked.receiver_team_id) is None:
        said["service_id"] = asked.service_id  # they hold since, and what they keep is not offered here
    if said["referral_id"] != asked.referral_id:
        return None
    if recorded.as_sent(said | vars(form.message()), asked) and _files_are_there(form, record):
        drafts.sent(request)
        return redirect("handover", asked.id)
    if said["receiver_team_id"] == str(asked.receiver_team_id):
        form.errors.pop("to_team", None)
    recorded.otherwise(
        form,
        what=words.sent_before(record, at=request.at),
        then="take that offer back before you make another."
        if record.waits
        else "see the referral as it is now before you offer it again.",
    )
    return None


def _files_are_there(form: forms.Offer, record: HandoverRecord) -> bool:
    """Every file of this form went with the offer. Those kept with its draft are gone since it was sent."""
    there = {one.sha256 for one in record.asked.attachments}
    return all(sha256(one.content).hexdigest() in there for one in form.chosen())


def _kept(request: HttpRequest) -> tuple[KeptFile, ...]:
    """What was chosen when this form was sent before and came back, or when its draft was kept."""
    if request.method == "GET" and drafts.ASKED not in request.GET:
        return ()
    return attachments.kept(draft_id=drafts.key_of(request), member_id=request.viewer.member_id)


def _keep(request: HttpRequest, form: forms.Offer) -> None:
    """The form comes back, and its browser has forgotten the files: here they are kept with its draft."""
    chosen, out = form.chosen(), form.out()
    if not chosen and not out:
        return
    try:
        keeping.keep(
            draft_id=drafts.key_of(request),
            member_id=request.viewer.member_id,
            files=chosen,
            taken_out=tuple(out),
            at=request.at,
        )
    except Refused as refusal:
        again = wording.listed(f"“{plain_name(one.name)}”" for one in chosen)
        form.errors.pop("attached", None)
        form.add_error("attached", f"{refusal.words} Choose again, once there is room: {again}.")
        return
    form.keeps(_kept(request))


def _conflict(request: HttpRequest, refusal: ChangedMeanwhile, referral_id: UUID) -> Conflict:
    return answers.conflict(
        request,
        refusal,
        now_true="Nothing has been sent. What you wrote is still in the form below.",
        actions=(("See the referral as it is now", reverse("referral", args=[referral_id])),),
    )


def _show(
    request: HttpRequest,
    composer: Composer,
    form: forms.Offer,
    *,
    preview: bool = False,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    if request.method == "POST":
        _keep(request, form)
        status = 422 if form.errors and status == 200 else status
    context = {
        **composer_words.composer(composer, at=request.at),
        "about_them": about_words.read_first(
            composer.record.about.person, seen=request.seen, at=request.at
        ),
        "form": form,
        "sealed": seeing_words.before_asking(request.seen),
        "accepted": ACCEPTED,
        "may_find": access.may_do(request.viewer, "service.find", at=request.at),
        "kept": words.kept_files(form.kept),
        "chosen_in_vain": form.data.getlist(drafts.FILES_LOST) if form.is_bound and not form.errors else [],
        "preview": composer_words.preview(composer, form, viewer=request.viewer, at=request.at)
        if preview
        else None,
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "handovers/new.jinja", context, status=status)
