"""What was re-homed to this team is accepted with a read-back; the other answer is to hand it over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import holdings
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded
from nowrongdoor.pages.referrals import forms, views
from nowrongdoor.reading import referral_record
from nowrongdoor.reading.referral_record import ReferralRecord
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from nowrongdoor.rules.holding import ReHoming

NOTHING = "This did not come to your team by a re-homing, so there is nothing to accept."


@require_http_methods(["GET", "POST"])
def accept_re_homed(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The team that holds takes the person on; whoever accepts is named, unless a colleague is already."""
    if request.method == "GET":
        return views.show(request, referral_id)
    record = referral_record.of(referral_id, seen=request.seen)
    form = forms.AcceptReHomed(request.POST)
    moved = _asked_about(record, form.cleaned_data["re_homing_id"]) if form.is_valid() else None
    if form.is_valid() and moved is None:
        form.add_error(None, NOTHING)
    if moved is None:
        return views.show(request, referral_id, form=form, status=422)
    typed = form.cleaned_data
    try:
        holdings.accept_re_homed(
            re_homing_id=moved.id,
            read_back=typed["read_back"],
            by=request.viewer,
            at=request.at,
            seen=typed["seen"],
        )
    except Refused as refusal:
        if not _again(request, referral_id, moved, refusal, read_back=typed["read_back"]):
            hidden.sees(form, moved.version)
            return views.refuse(request, referral_id, form, refusal, yours=typed["read_back"])
    drafts.sent(request)
    held = referral_record.of(referral_id, seen=request.seen).held_now
    is_named = held is not None and held.holding.member_id == request.viewer.member_id
    who = "you are" if is_named else "a colleague is"
    team = request.viewer.team_name
    answers.note(request, "Accepted", f"{team} has taken this person on, and {who} named.")
    return redirect("referral", referral_id)


def _asked_about(record: ReferralRecord, re_homing_id: UUID | None) -> ReHoming | None:
    """The re-homing of this referral the form is about; where it does not say, the one it is held by now."""
    if re_homing_id is None:
        return record.held_now.re_homing if record.held_now else None
    found = (one.re_homing for one in record.holds if one.re_homing is not None)
    return next((one for one in found if one.id == re_homing_id), None)


def _again(
    request: HttpRequest, referral_id: UUID, moved: ReHoming, refusal: Refused, *, read_back: str
) -> bool:
    """This member accepted it a moment ago, in the same words: the form was sent twice."""
    if not isinstance(refusal, ChangedMeanwhile) or refusal.kind != "holding.re_homing_accepted":
        return False
    record = referral_record.of(referral_id, seen=request.seen)
    said = {"read_back": read_back, "accepted_by_id": request.viewer.member_id}
    return recorded.as_sent(said, _asked_about(record, moved.id))
