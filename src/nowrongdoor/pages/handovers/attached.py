"""A file that goes with an offer, handed out to be saved and never shown in a page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from nowrongdoor.nhsuk import answers
from nowrongdoor.reading import attachments
from nowrongdoor.reading.attachments import FileToSave
from nowrongdoor.rules.attachment import name_to_save

# Whatever a file turns out to hold: it can run nothing, reach nothing and be shown inside nothing.
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_GET
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """The file, to be saved. One that is hidden and one that is not there are answered alike."""
    return answers.shown(request, to_save(attachments.to_save(attachment_id, seen=request.seen)))


def to_save(found: FileToSave) -> HttpResponse:
    """A file as it leaves here, whichever way somebody came to it."""
    text = "; charset=utf-8" if found.media_type.startswith("text/") else ""
    response = HttpResponse(found.content, content_type=f"{found.media_type}{text}")
    name = name_to_save(found.name, found.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
