"""Staff were in touch with the person: how, when, and what came of it."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import care_contacts
from nowrongdoor.nhsuk import answers, drafts, kept, recorded
from nowrongdoor.pages.referrals import forms, wording
from nowrongdoor.reading import referral_record, stage_lines
from nowrongdoor.rules.change import AlreadyRecorded, Refused


@require_http_methods(["GET", "POST"])
def care_contact(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Record a contact with the person, or that somebody tried: what it is a fact of stops, and no other."""
    record = referral_record.of(referral_id, seen=request.seen)
    form = drafts.form(request, forms.CareContact, at=request.at, initial={"care_contact_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                care_contacts.record(
                    care_contact_id=typed["care_contact_id"],
                    referral_id=referral_id,
                    way=typed["way"],
                    words=typed["words"],
                    happened_at=form.happened_at(),
                    by=request.viewer,
                    at=request.at,
                )
            except AlreadyRecorded:
                if _as_recorded(form, referral_id):
                    drafts.sent(request)
                    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
                    return _recorded(request, form, referral_id)
                status = 409
            except Refused as refusal:
                _refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(
                    request, "Contact recorded", "Each clock that it answers has stopped, and no other."
                )
                return _recorded(request, form, referral_id)
        if answers.wants_json(request):
            return kept.not_sent(form, status=status)
    lines = stage_lines.of(referral_id, seen=request.seen)
    context = {
        **wording.page(record, in_touch=lines, viewer=request.viewer, at=request.at),
        "form": form,
        "why_not_now": record.why_not.get("be_in_touch", ""),
    }
    return answers.page(request, "referrals/care_contact.jinja", context, status=status)


def _recorded(request: HttpRequest, form: forms.CareContact, referral_id: UUID) -> HttpResponse:
    """On to the referral; a phone that kept the note is told when it was recorded."""
    if not answers.wants_json(request):
        return redirect("referral", referral_id)
    stands = stage_lines.care_contact(form.cleaned_data["care_contact_id"])
    at = stands.recorded_at if stands else request.at
    return kept.sent(at, url=reverse("referral", args=[referral_id]))


def _as_recorded(form: forms.CareContact, referral_id: UUID) -> bool:
    """The contact this form made says what it says now; otherwise the form says that it does not."""
    typed, stands = form.cleaned_data, stage_lines.care_contact(form.cleaned_data["care_contact_id"])
    said = {"referral_id": referral_id, "way": typed["way"], "words": typed["words"]}
    if stands is not None:
        # Without a time it was as it was recorded.
        said["happened_at"] = form.happened_at() or stands.recorded_at
    if recorded.as_sent(said, stands):
        return True
    what = "A contact was already recorded from this page"
    recorded.otherwise(form, what=what, then="record it as another, from the referral.")
    return False


def _refused(request: HttpRequest, form: forms.CareContact, refusal: Refused) -> None:
    """A time that cannot be is said at the box it was typed in."""
    if refusal.field == "happened_at":
        form.add_error("happened_time", refusal.words)
    else:
        answers.refused(request, form, refusal)
