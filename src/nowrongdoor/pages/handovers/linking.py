"""The giver's links for a team in which nobody signs in: made and shown once, listed, and taken back."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from nowrongdoor.journeys import answer_links, onward_links
from nowrongdoor.kernel import outbox, signed_links
from nowrongdoor.nhsuk import answers, by_link, message_words
from nowrongdoor.pages.handovers import link_forms, link_wording, wording
from nowrongdoor.reading import answer_links as reading
from nowrongdoor.reading import handover_record, messages_of, team_record
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.rules.answer_link import ANSWERS_AN_OFFER
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.link_messages import SECRET
from nowrongdoor.rules.message import EMAIL, TEXT

GOES_ON = "onward"
SENDS = {TEXT: "Make a link and text it to", EMAIL: "Make a link and e-mail it to"}


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """The links of an offer, once accepted also those to go on; a POST makes one and shows it, this once."""
    record = handover_record.of(handover_id, seen=request.seen)
    form = link_forms.Make(request.POST if request.method == "POST" else None, initial={"link_id": uuid4()})
    if request.method == "GET" or not form.is_valid():
        return _page(request, record, form)
    key, channel = form.cleaned_data["link_id"], request.POST.get("send", "") if record.waits else ""
    try:
        if record.waits:
            url = _made(request, handover_id, key, channel)
        else:
            url = _made_onward(request, handover_id, key)
    except AlreadyRecorded:
        form.add_error(None, by_link.MADE_BEFORE)
        return _page(request, record, form, status=409)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _page(request, record, form, status=answers.status_of(refusal))
    if channel:
        answers.note(request, "A link was made", "What came of sending it stands with it below.")
        return redirect("handover_links", handover_id)
    return _page(request, record, link_forms.Make(initial={"link_id": uuid4()}), url=url)


def _made(request: HttpRequest, handover_id: UUID, link_id: UUID, channel: str) -> str:
    """A link that answers the offer, sent where a channel was chosen; where it leads."""
    kind = ANSWERS_AN_OFFER
    fresh = signed_links.fresh_for(kind, link_id) if channel else signed_links.fresh(kind)
    answer_links.make(
        link_id=link_id,
        handover_id=handover_id,
        digest=fresh.digest,
        channel=channel,
        address=_leads_to(request, SECRET),
        by=request.viewer,
        at=request.at,
    )
    return _leads_to(request, fresh.token)


def _made_onward(request: HttpRequest, handover_id: UUID, link_id: UUID) -> str:
    """A link by which a team that accepted goes on; where it leads. It is shown, and sent by nobody."""
    fresh = signed_links.fresh(GOES_ON)
    onward_links.make(
        link_id=link_id, handover_id=handover_id, digest=fresh.digest, by=request.viewer, at=request.at
    )
    return request.build_absolute_uri(reverse("go_on_by_link", args=[fresh.token]))


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
        "token_url": url,
        "giver": team_record.about(offered.giver_team_id)[0],
        "links": link_wording.links(lines, messages_of.links(one.link.id for one in lines), at=request.at),
        "sends": [
            (channel, SENDS[channel], to)
            for channel, to in (reading.sends_to(offered.receiver_team_id).items() if record.waits else ())
        ],
        "only_shown": message_words.ONLY_SHOWN if any(map(outbox.only_shows, SENDS)) else "",
        "usual": link_wording.usual(reading.efforts(offered.receiver_team_id, at=request.at)),
        "is_giver": offered.giver_team_id == request.viewer.team_id,
        "signs_in": record.asked.receiver_signs_in,
        "is_kept": request.seen.is_kept,
    }
    return answers.page(request, "handovers/links.jinja", context, status=status)


def _leads_to(request: HttpRequest, token: str) -> str:
    """Where a link leads. What stands for a secret that is not known here stays as it is."""
    whole = request.build_absolute_uri(reverse("answer_by_link", args=["secret"]))
    return whole.removesuffix("secret") + token
