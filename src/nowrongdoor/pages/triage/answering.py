"""The answer to an offer that waits for this team: accepted, or declined with who is asked next named."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from nowrongdoor.journeys import handovers
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import answers, drafts
from nowrongdoor.nhsuk.recorded import as_sent
from nowrongdoor.pages.triage import forms, showing
from nowrongdoor.pages.triage import wording as words
from nowrongdoor.reading import triage_case
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.triage_case import Case
from nowrongdoor.rules.change import ChangedMeanwhile, Missing, Refused

# The box of the form that a refusal of the rules is about.
BOXES = {"words": "reason_words"}


def answer(request: HttpRequest, case: Case, form: forms.Answer, referral_id: UUID) -> HttpResponse:
    """Record it, and go on to the next offer; or say why not, with all that was typed."""
    if not form.is_valid():
        return showing.show(request, case, form, status=422)
    try:
        _act(form, by=request.viewer, at=request.at)
    except Missing:
        form.add_error("next_team", "That team is not here any more. Choose another")
        return showing.show(request, case, form, status=422)
    except Refused as refusal:
        now_so = triage_case.of(referral_id, seen=request.seen)
        if not _is_recorded(form, now_so, member_id=request.viewer.member_id):
            if isinstance(refusal, ChangedMeanwhile):
                return _overtaken(request, now_so, refusal)
            refusal.field = BOXES.get(refusal.field, refusal.field)
            answers.refused(request, form, refusal)
            return showing.show(request, now_so, form, status=answers.status_of(refusal))
    drafts.sent(request)
    return _on_to_the_next(request, case, form)


def _act(form: forms.Answer, *, by: Viewer, at: datetime) -> None:
    kept = form.cleaned_data
    asked = {"handover_id": kept["offer"], "by": by, "at": at, "seen": kept["seen"]}
    if kept["decision"] == "accept":
        handovers.accept(read_back=kept["read_back"], holding_id=kept["act_id"], **asked)
        return
    handovers.send_back(
        reason=kept["reason"],
        words=kept["reason_words"],
        next_team_id=form.team(),
        next_handover_id=kept["act_id"],
        next_service_id=form.meant(),
        **asked,
    )


def _is_recorded(form: forms.Answer, case: Case, *, member_id: UUID) -> bool:
    """This very answer, by this member, is on record: the form was sent twice."""
    kept = form.cleaned_data
    every = [one.handover for one in case.record.handovers]
    found = next((one for one in every if one.id == kept["offer"]), None)
    said: dict[str, Any] = {"answered_by_id": member_id}
    if kept["decision"] == "accept":
        said |= {"state": "accepted", "read_back": kept["read_back"]}
    else:
        said |= {
            "state": "returned",
            "reason": kept["reason"],
            "reason_words": kept["reason_words"],
            "next_team_id": form.team(),
            "next_handover_id": kept["act_id"],
        }
        following = [one for one in every if one.after_id == kept["offer"]]
        if any(one.service_id != form.meant() for one in following):
            return False
    return as_sent(said, found)


def _on_to_the_next(request: HttpRequest, case: Case, form: forms.Answer) -> HttpResponse:
    kept = form.cleaned_data
    chosen = kept.get("next_team", "")
    heading, said = words.answered_words(
        kept["decision"],
        case.record,
        team=request.viewer.team_name,
        member=request.viewer.member_name,
        next_team=next((one.team.name for one in case.teams if str(one.team.id) == chosen), ""),
    )
    offered = next(one.handover for one in case.record.handovers if one.handover.id == kept["offer"])
    here = Bookmark(offered.answer_by, offered.offered_at, offered.id)
    return showing.on_to_the_next(request, heading, said, queue="offered", after=here)


def _overtaken(request: HttpRequest, case: Case, refusal: ChangedMeanwhile) -> HttpResponse:
    """Somebody answered first, or the giver took it back: the page is true again, the text is shown."""
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
    return showing.show(request, case, showing.new_form(request, case), status=409, conflict=conflict)
