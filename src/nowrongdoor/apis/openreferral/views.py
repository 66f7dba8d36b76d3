"""The nine answers of Open Referral UK 3.0: open to anybody, from any page, and cached by whoever asks."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.apis.openreferral import asked
from nowrongdoor.reading import public_directory
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.openreferral import published, terms

PROFILE = "https://docs.openreferraluk.org/en/latest/"
OPENAPI = "https://docs.openreferraluk.org/en/latest/openapi30.json"
KEPT_S = 60
View = Callable[..., HttpResponse]


def for_anybody(answer: Callable[..., Any]) -> View:
    """Answers with JSON; None is 404, and what cannot be asked is 400 in words."""

    @wraps(answer)
    @require_safe
    def view(request: HttpRequest, **kwargs: str) -> HttpResponse:
        try:
            told, status = answer(request, **kwargs), 200
        except Refused as refusal:
            told, status = {"error": refusal.words}, 400
        if told is None:
            told, status = {"error": "There is no such entry."}, 404
        body = json.dumps(told, ensure_ascii=False).encode()
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        if status == 200 and tag in request.headers.get("If-None-Match", ""):
            response = HttpResponse(status=304)
        else:
            response = HttpResponse(body, content_type="application/json", status=status)
        if status == 200:
            response["ETag"] = tag
            response["Cache-Control"] = f"public, max-age={KEPT_S}"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return view


@for_anybody
def about(request: HttpRequest) -> dict[str, Any]:
    return {"version": "HSDS-UK-3.0", "profile": PROFILE, "openapi_url": OPENAPI}


@for_anybody
def services(request: HttpRequest) -> dict[str, Any]:
    page, per_page = asked.paging(request.GET)
    filters = asked.filters(request.GET, on=local_date(request.at))
    total, found = public_directory.page(filters, limit=per_page, offset=(page - 1) * per_page)
    contents = [published.line(_whole(request, one)) for one in found]
    return published.envelope(contents, total=total, page=page, per_page=per_page)


@for_anybody
def service(request: HttpRequest, service_id: str) -> dict[str, Any] | None:
    offered = public_directory.one(key) if (key := _key(service_id)) else None
    return _whole(request, offered) if offered else None


@for_anybody
def places(request: HttpRequest) -> dict[str, Any]:
    page, per_page = asked.paging(request.GET)
    filters = asked.filters(request.GET, on=local_date(request.at), of_places=True)
    total, contents = 0, []
    if filters is not None:
        offset = (page - 1) * per_page
        total, found = public_directory.page_of_places(filters, limit=per_page, offset=offset)
        contents = [published.at_location(_whole(request, one), number, full=False) for one, number in found]
    return published.envelope(contents, total=total, page=page, per_page=per_page)


@for_anybody
def place(request: HttpRequest, place_id: str) -> dict[str, Any] | None:
    offered = public_directory.of_place(place_id) if _key(place_id) else None
    whole = _whole(request, offered) if offered else {}
    for number, one in enumerate(whole.get("service_at_locations", ())):
        if one["id"] == place_id:
            return published.at_location(whole, number, full=True)
    return None


@for_anybody
def taxonomies(request: HttpRequest) -> dict[str, Any]:
    return _paged(request, [terms.taxonomy(name) for name in terms.TAXONOMIES])


@for_anybody
def taxonomy(request: HttpRequest, taxonomy_id: str) -> dict[str, Any] | None:
    return next((one for one in map(terms.taxonomy, terms.TAXONOMIES) if one["id"] == taxonomy_id), None)


@for_anybody
def taxonomy_terms(request: HttpRequest) -> dict[str, Any]:
    return _paged(request, list(terms.terms(on=local_date(request.at))))


@for_anybody
def taxonomy_term(request: HttpRequest, term_id: str) -> dict[str, Any] | None:
    return next((one for one in terms.terms(on=local_date(request.at)) if one["id"] == term_id), None)


def _whole(request: HttpRequest, offered: public_directory.Offered) -> dict[str, Any]:
    return published.service(offered, at=request.at, on=local_date(request.at))


def _paged(request: HttpRequest, everything: list[Any]) -> dict[str, Any]:
    page, per_page = asked.paging(request.GET)
    contents = everything[(page - 1) * per_page : page * per_page]
    return published.envelope(contents, total=len(everything), page=page, per_page=per_page)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
