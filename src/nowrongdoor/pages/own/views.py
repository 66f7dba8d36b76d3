"""My record, and who looked at it: two pages that a person reads, and nobody else."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from nowrongdoor.kernel.access_log import looking
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers
from nowrongdoor.pages.own import wording as words
from nowrongdoor.reading import own_looks, own_record
from nowrongdoor.reading.looks import LookBookmark
from nowrongdoor.rules import own
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.own import OWN_WORDS

FEW = 5
ON_RECORD = (
    Element.ANSWERABLE, Element.RESPONSE, Element.IDENTITY, Element.WHEREABOUTS, Element.ACCESS, OWN_WORDS
)  # fmt: skip


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Who holds me, what is owed to me, what I said, with whom it is shared, and who looked last."""
    person_id, at = request.own.person_id, request.at
    kept = own_record.kept_from(person_id)
    found = own_record.of(person_id, kept=kept, at=at)
    lately = own_looks.of(person_id, kept=kept, most=FEW)
    opened = own_looks.of(person_id, kept=kept, only="broke_glass", most=FEW)
    context = {
        "known": words.known(found.person, at=at),
        "helps": [words.helping(one, at=at) for one in found.helps],
        "owed": [words.owed(one, at=at) for one in found.owed],
        "said": [words.said(one, at=at) for one in found.said],
        "shared": [words.shared(one, at=at) for one in found.shared],
        "looks": [words.look(one, at=at) for one in lately.lines],
        "opened": len(opened.lines),
    }
    return _page(request, "own/record.jinja", context, ON_RECORD)


@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at my record, fifty a page; those who opened it in an emergency stand out in words."""
    person_id, here = request.own.person_id, reverse("own_looks")
    kept = own_record.kept_from(person_id)
    found = own_looks.of(person_id, kept=kept, before=_bookmark(request))
    context = {
        "looks": [words.look(one, at=request.at) for one in found.lines],
        "next_url": _next(here, found.next),
        "first_url": here if request.GET.get("before") else "",
    }
    return _page(request, "own/looks.jinja", context, (Element.ACCESS,))


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], shown: tuple[str, ...]
) -> HttpResponse:
    """The page, once it is on record that the person read it."""
    context["ring_help"] = words.RING
    response = answers.page(request, template, context)
    permitted = own.elements(at=request.at)
    looking.record_own(
        Seen(
            request.own.person_id,
            elements=tuple(sorted(str(one) for one in shown if one in permitted)),
            relationship=own.TIE,
        ),
        page=request.resolver_match.view_name,
        role=own.ROLE,
        purpose=own.PURPOSE,
        name=words.CALLED_IN_LOG,
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
