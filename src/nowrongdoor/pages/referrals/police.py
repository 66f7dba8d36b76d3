"""The police are asked: what is known, what guidance advises of it, what they answer, and who goes."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import police
from nowrongdoor.nhsuk import answers, drafts, recorded
from nowrongdoor.pages.referrals import police_forms as forms
from nowrongdoor.pages.referrals import police_wording as wording
from nowrongdoor.pages.referrals.police_reviews import reviewed
from nowrongdoor.pages.referrals.wording import banner
from nowrongdoor.reading import police_lines, police_reviews, referral_record
from nowrongdoor.rules import access, police_advice
from nowrongdoor.rules.change import AlreadyRecorded, Refused

ADVISE = "advise"


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Look at what guidance advises, as often as one likes; then record what the police answered."""
    found = police_lines.of(referral_id, seen=request.seen)
    before = found[0].decision if found else None
    new = {"decision_id": uuid4()}
    form = drafts.form(request, forms.Decide, before=before, at=request.at, initial=new)
    status, advice = 200, None
    if request.method == "POST":
        is_asking = ADVISE in request.POST
        if form.is_valid():
            try:
                advised = police_advice.of(form.known(), at=request.at)
                advice = wording.advice(advised, form.cleaned_data["category"], at=request.at)
                if not is_asking:
                    _decide(request, referral_id, form)
                    drafts.sent(request)
                    answers.note(request, "Recorded", "It is looked at again by the time you see below.")
                    return redirect("referral_police", referral_id)
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
                found = police_lines.of(referral_id, seen=request.seen)
        else:
            status = 422
    return _page(request, referral_id, form, found, advice, status=status)


def _decide(request: HttpRequest, referral_id: UUID, form: forms.Decide) -> None:
    call, typed = form.call(), form.cleaned_data
    try:
        police.decide(
            decision_id=typed["decision_id"],
            referral_id=referral_id,
            call=call,
            follows_id=typed["follows_id"],
            by=request.viewer,
            at=request.at,
        )
    except Refused as refusal:
        if not (isinstance(refusal, AlreadyRecorded) or refusal.code == "decided_meanwhile"):
            raise
        if not _as_sent(request, referral_id, form):
            raise


def _as_sent(request: HttpRequest, referral_id: UUID, form: forms.Decide) -> bool:
    """The very decision of this form stands recorded, with the same answers: it was sent twice."""
    key, call = form.cleaned_data["decision_id"], form.call()
    lines = police_lines.of(referral_id, seen=request.seen)
    stands = next((one.decision for one in lines if one.decision.id == key), None)
    said = {name: getattr(call, name) for name in ("outcome", "reason", "words", "going", "told")}
    said |= {"answers": form.answers(), "call_back_when": call.call_back_when}
    return stands is not None and recorded.as_sent(said, stands)


def _page(
    request: HttpRequest,
    referral_id: UUID,
    form: forms.Decide,
    found: tuple[police_lines.PoliceLine, ...],
    advice: dict[str, object] | None,
    *,
    status: int,
) -> HttpResponse:
    record = referral_record.of(referral_id, seen=request.seen)
    reviews = police_reviews.of(referral_id, seen=request.seen)
    context = {
        "reviews": [reviewed(one, at=request.at) for some in reviews.values() for one in some],
        "may_review": any(one.decision.disputed_at for one in found)
        and access.may_do(request.viewer, "police.review", at=request.at),
        "form": form,
        "advice": advice,
        "referral": record.about.referral,
        "banner": banner(record, at=request.at),
        "held": record.held_now,
        "decisions": wording.lines(found, why_not=record.why_not, at=request.at),
        "why_not_now": record.why_not.get("police", ""),
    }
    return answers.page(request, "referrals/police.jinja", context, status=status)
