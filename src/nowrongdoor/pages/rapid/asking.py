"""A visit is asked for, from the referral it is about."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import visits
from nowrongdoor.nhsuk import answers, banners, drafts, recorded
from nowrongdoor.pages.rapid import forms
from nowrongdoor.reading import referral_record, visit_record
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import AlreadyRecorded, Refused


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What it is for, where, by when and who must go; sent twice, it is one visit."""
    about = referral_record.about(referral_id, seen=request.seen)
    sees_place = request.seen.of_item(referral_id=referral_id).shows(Element.WHEREABOUTS)
    begins = {"visit_id": uuid4(), "minutes": "45", "need": about.referral.request}
    if about.person is not None and sees_place:
        begins["place"] = ", ".join(
            part for part in (about.person.address, about.person.postcode) if part.strip()
        )
    form = drafts.form(request, forms.Ask, at=request.at, initial=begins)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            asked, key = form.asked(), form.cleaned_data["visit_id"]
            try:
                visits.ask(
                    visit_id=key, referral_id=referral_id, asked=asked, by=request.viewer, at=request.at
                )
            except AlreadyRecorded:
                said = {name: value for name, value in vars(asked).items() if name != "due_at"}
                if recorded.as_sent(said, visit_record.recorded(key)):
                    return _done(request, "Recorded already", "It was sent twice, and is recorded once.")
                recorded.otherwise(
                    form, what="A visit was already asked for from this page", then="look at the board."
                )
                status = 409
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                told = ("The visit waits for a crew", "Choose one now, or leave it to a colleague.")
                return _done(request, *told)
    context = {
        "form": form,
        "referral": about.referral,
        "name": banners.name_of(about.person),
    }
    return answers.page(request, "rapid/ask.jinja", context, status=status)


def _done(request: HttpRequest, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    return redirect("rapid")
