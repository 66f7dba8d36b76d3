"""The giver's links for a team in which nobody signs in: made and shown once, listed, and taken back."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from nowrongdoor.journeys import answer_links, onward_links
from nowrongdoor.kernel import signed_links
from nowrongdoor.nhsuk import answers, by_link
from nowrongdoor.pages.handovers import link_forms, link_wording, wording
from nowrongdoor.reading import answer_links as reading
from nowrongdoor.reading import handover_record, team_record
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused

ANSWERS_AN_OFFER, GOES_ON = "answer", "onward"


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The links of an offer, once accepted also those to go on; a POST makes one and shows it, this once."""
    record = handover_record.of(handover_id, seen=request.seen)
    form = link_forms.Make(request.POST if request.method == "POST" else None, initial={"link_id": uuid4()})
    if request.method == "GET" or not form.is_valid():
        return _page(request, record, form)
    onward = not record.waits
    fresh = signed_links.fresh(GOES_ON if onward else ANSWERS_AN_OFFER)
    try:
        (onward_links if onward else answer_links).make(
            link_id=form.cleaned_data["link_id"],
            handover_id=handover_id,
            digest=fresh.digest,
            by=request.viewer,
            at=request.at,
        )
    except AlreadyRecorded:
        form.add_error(None, by_link.MADE_BEFORE)
        return _page(request, record, form, status=409)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _page(request, record, form, status=answers.status_of(refusal))
    again = link_forms.Make(initial={"link_id": uuid4()})
    door = "go_on_by_link" if onward else "answer_by_link"
    return _page(request, record, again, url=reverse(door, args=[fresh.token]))


@require_POST
def withdraw(request: HttpRequest, handover_id: UUID, link_id: UUID) -> HttpResponse:
    """A link is taken back: whoever has it reads nothing by it any more."""
    if all(one.link.id != link_id for one in reading.of(handover_id)):
        raise Missing
    form = link_forms.TakeBack(request.POST)
    form.is_valid()
    try:
        answer_links.withdraw(link_id=link_id, **form.cleaned_data, by=request.viewer, at=request.at)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        record = handover_record.of(handover_id, seen=request.seen)
        make = link_forms.Make(initial={"link_id": uuid4()})
        return _page(request, record, make, refused=form, status=answers.status_of(refusal))
    answers.note(request, "Link taken back", "Whoever has it reads nothing by it now. All else is as it was.")
    return redirect("handover_links", handover_id)


def _page(
    request: HttpRequest,
    record: HandoverRecord,
    form: link_forms.Make,
    *,
    url: str = "",
    refused: link_forms.TakeBack | None = None,
    status: int = 200,
) -> HttpResponse:
    offered = record.asked.handover
    lines = reading.of(offered.id)
    context = {
        **wording.page(record, at=request.at),
        "form": refused or form,
        "make": form,
        "token_url": request.build_absolute_uri(url) if url else "",
        "giver": team_record.about(offered.giver_team_id)[0],
        "links": link_wording.links(lines, at=request.at),
        "usual": link_wording.usual(reading.efforts(offered.receiver_team_id, at=request.at)),
        "is_giver": offered.giver_team_id == request.viewer.team_id,
        "signs_in": record.asked.receiver_signs_in,
        "is_kept": request.seen.is_kept,
    }
    return answers.page(request, "handovers/links.jinja", context, status=status)
