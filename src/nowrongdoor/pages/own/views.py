"""My record, and who looked at it: two pages for the person. A carer reads what was permitted."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from nowrongdoor.kernel.access_log import looking
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, message_words
from nowrongdoor.pages.own import wording as words
from nowrongdoor.reading import about_person, circle_of, messages_of, own_looks, own_record, permissions_of
from nowrongdoor.reading.looks import LookBookmark
from nowrongdoor.reading.own_record import OwnRecord
from nowrongdoor.rules import own, permission
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.own import OWN_WORDS, Reader

FEW = 5
ON_RECORD = (
    Element.ANSWERABLE, Element.RESPONSE, Element.IDENTITY, Element.WHEREABOUTS, Element.ACCESS, OWN_WORDS
)  # fmt: skip


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Who holds me, what is owed to me, what I said, with whom it is shared, and who looked last."""
    person_id, at = request.own.person_id, request.at
    kept = own_record.kept_from(request.own)
    found = own_record.of(request.own, kept=kept, at=at)
    if request.own.permission is not None:
        return _for_carer(request, found)
    lately = own_looks.of(person_id, kept=kept, most=FEW)
    opened = own_looks.of(person_id, kept=kept, only="broke_glass", most=FEW)
    context = {
        "known": words.known(found.person, at=at),
        "helps": [words.helping(one, at=at) for one in found.helps],
        "owed": [words.owed(one, at=at) for one in found.owed],
        "said": [words.said(one, at=at) for one in found.said],
        "shared": [words.shared(one, at=at) for one in found.shared],
        "circle": words.circle(circle_of.own(person_id), at=at),
        "about": words.about(about_person.own(person_id, on=local_date(at)), at=at),
        "carers": [
            words.carer(one.permission, at=at)
            for one in permissions_of.of(person_id)
            if permission.stands(one.permission, at=at)
        ],
        "sent": [
            message_words.to_you(one, at=at) for one in messages_of.person(person_id, but_not=kept.items)
        ],
        "looks": [words.look(one, at=at) for one in lately.lines],
        "opened": len(opened.lines),
        "ring_help": words.ring(found.helps),
    }
    return _page(request, "own/record.jinja", context, ON_RECORD)


def _for_carer(request: HttpRequest, found: OwnRecord) -> HttpResponse:
    """What the person lets this carer read, and the words they let them read it with."""
    given, at = request.own.permission, request.at
    shows = own.elements(request.own, at=at)
    context = {
        "given": words.carer(given, at=at),
        "shows": shows,
        "known": words.known_to_carer(found.person, at=at) if Element.IDENTITY in shows else [],
        "helps": [words.helping_them(one, at=at) for one in found.helps],
        "owed": [words.owed(one, at=at) for one in found.owed],
        "said": [words.said(one, at=at) for one in found.said],
    }
    return _page(request, "own/carer.jinja", context, tuple(shows))


@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at my record, fifty a page; those who opened it in an emergency stand out in words."""
    person_id, here = request.own.person_id, reverse("own_looks")
    if Element.ACCESS not in own.elements(request.own, at=request.at):
        return answers.missing(request)
    kept = own_record.kept_from(request.own)
    found = own_looks.of(person_id, kept=kept, before=_bookmark(request))
    context = {
        "looks": [words.look(one, at=request.at) for one in found.lines],
        "next_url": _next(here, found.next),
        "first_url": here if request.GET.get("before") else "",
        "ring_help": words.ring(own_record.of(request.own, kept=kept, at=request.at).helps),
    }
    return _page(request, "own/looks.jinja", context, (Element.ACCESS,))


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], shown: tuple[str, ...]
) -> HttpResponse:
    """The page, once it is on record that the person or their carer read it."""
    context.setdefault("ring_help", words.ring(()))
    response = answers.page(request, template, context)
    reader: Reader = request.own
    permitted = own.elements(reader, at=request.at)
    looking.record_outside(
        Seen(
            reader.person_id,
            elements=tuple(sorted(str(one) for one in shown if one in permitted)),
            relationship=reader.tie,
        ),
        page=request.resolver_match.view_name,
        role=reader.role,
        purpose=reader.purpose,
        name=reader.name if reader.permission else words.CALLED_IN_LOG,
        at=request.at,
    )
    return response


def _bookmark(request: HttpRequest) -> LookBookmark | None:
    """Where the page before this one ended; anything else begins at the top."""
    instant, _, key = request.GET.get("before", "").partition("_")
    try:
        looked_at = datetime.fromisoformat(instant)
        return LookBookmark(looked_at, UUID(key)) if looked_at.tzinfo else None
    except ValueError:
        return None


def _next(here: str, bookmark: LookBookmark | None) -> str:
    if bookmark is None:
        return ""
    stamp = bookmark.looked_at.isoformat().replace("+00:00", "Z")
    return f"{here}?{urlencode({'before': f'{stamp}_{bookmark.look_id}'})}"
