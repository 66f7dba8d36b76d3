"""A file that stands with an offer, for whoever has its link and opened it: to be saved, and on record."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import by_link
from nowrongdoor.pages.handovers import attached
from nowrongdoor.reading import attachments, handover_record, standing
from nowrongdoor.reading.link_holders import Led
from nowrongdoor.rules.change import Missing

AS = "attachment"


def hand_out(request: HttpRequest, led: Led, by: Viewer) -> HttpResponse:
    """
    The file that was asked for, as a look at a file. Raises `Missing` for one that stands with another offer,
    as for one that is not there.
    """
    seen = standing.of("handover", led.link.handover_id, viewer=by, at=request.at)
    record = handover_record.of(led.link.handover_id, seen=seen)
    theirs = {str(one.id) for one in record.files}
    asked = request.POST.get("file", "")
    if asked not in theirs:
        raise Missing
    response = attached.to_save(attachments.to_save(UUID(asked), seen=seen))
    response.headers["Referrer-Policy"] = by_link.REFERRER
    by_link.on_record(seen, page=AS, by=by, at=request.at)
    return response
