"""
The access log: who looked at whom, when, as what and by which tie. Filters stand in the address, which
holds keys only; a person is looked for by a form that is sent, and two things must agree.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, csv_text
from nowrongdoor.nhsuk import wording as words
from nowrongdoor.nhsuk.identity_fields import IdentityFields
from nowrongdoor.pages.governance import forms, wording
from nowrongdoor.reading import looks, oversight, people_search
from nowrongdoor.reading.looks import REVIEWING, LookBookmark, Sought
from nowrongdoor.rules.person import Person

EXPORTED = 10_000
NO_ONE_FITS = "What you entered does not lead to one person. Enter two things that agree"


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Fifty looks at a time, latest first, of the agencies one looks after."""
    return _show(request, IdentityFields(at=request.at))


@require_POST
def find_person(request: HttpRequest) -> HttpResponse:
    """Whose record was looked at: who it is, is sent and not put in an address."""
    form = IdentityFields(request.POST, at=request.at)
    if not form.is_valid():
        return _show(request, form, status=422)
    found = people_search.the_one(form.asked(), viewer=request.viewer, at=request.at)
    if found is None:
        form.add_error(None, NO_ONE_FITS)
        return _show(request, form, status=422)
    return redirect(f"{reverse('access_log')}?{urlencode({'person': found.id})}")


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The same looks as a file, latest first and without names of people: their keys stand for them."""
    agencies = oversight.overseen(viewer=request.viewer)
    choose = _choose(request, agencies)
    person = _person(request)
    sought = _sought(choose.cleaned_data if choose.is_valid() else {}, person.id if person else None)
    found = looks.page(sought, agencies=agencies, most=EXPORTED)
    text = csv_text.written(wording.HEADING, [wording.exported(one, at=request.at) for one in found.lines])
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="access-log.csv"'
    if person is not None:
        answers.lists(request, [Seen(person.id, elements=("access",), relationship=REVIEWING)])
    return answers.shown(request, answer)


def _choose(request: HttpRequest, agencies: list[UUID]) -> forms.Filter:
    return forms.Filter(request.GET, members=looks.members(agencies), agencies=looks.agency_names(agencies))


def _show(request: HttpRequest, form: IdentityFields, *, status: int = 200) -> HttpResponse:
    at, asked = request.at, request.GET
    agencies = oversight.overseen(viewer=request.viewer)
    choose = _choose(request, agencies)
    chosen = choose.cleaned_data if choose.is_valid() else {}
    if choose.errors:
        status = 422
    person = _person(request)
    sought = _sought(chosen, person.id if person else None)
    found = looks.page(sought, agencies=agencies, before=_bookmark(asked.get("before", "")))
    if person is not None:
        answers.lists(request, [Seen(person.id, elements=("access", "identity"), relationship=REVIEWING)])
    first_url = f"{reverse('access_log')}?{urlencode(_kept(asked))}".rstrip("?")
    context = {
        "form": form,
        "choose": choose,
        "person": words.person_name(person.family_name, person.given_names) if person else "",
        "person_id": person.id if person else "",
        "rows": [wording.look(one, named=person is not None, at=at) for one in found.lines],
        "export_url": f"{reverse('access_log_export')}?{urlencode(_kept(asked))}".rstrip("?"),
        "first_url": first_url if asked.get("before") else "",
        "next_url": _next(first_url, found.next),
    }
    return answers.page(request, "governance/log.jinja", context, status=status)


def _person(request: HttpRequest) -> Person | None:
    key = _key(request.GET.get("person", ""))
    return people_search.looked_at(key, viewer=request.viewer, at=request.at) if key else None


def _sought(chosen: dict[str, Any], person_id: UUID | None) -> Sought:
    day: date | None = chosen.get("day")
    from_at = words.on_day(day, time.min) if day else None
    return Sought(
        member_id=_key(chosen.get("member", "")),
        person_id=person_id,
        agency_id=_key(chosen.get("agency", "")),
        from_at=from_at,
        until_at=words.on_day(day + timedelta(days=1), time.min) if day else None,
    )


def _kept(asked: Any) -> dict[str, str]:
    names = ("member", "agency", "person", "day_day", "day_month", "day_year")
    return {name: asked[name] for name in names if asked.get(name)}


def _bookmark(text: str) -> LookBookmark | None:
    """Where the page before this one ended; anything else begins at the top."""
    instant, _, key = text.partition("_")
    try:
        looked_at = datetime.fromisoformat(instant)
        return LookBookmark(looked_at, UUID(key)) if looked_at.tzinfo else None
    except ValueError:
        return None


def _next(url: str, bookmark: LookBookmark | None) -> str:
    if bookmark is None:
        return ""
    stamp = bookmark.looked_at.isoformat().replace("+00:00", "Z")
    return f"{url}{'&' if '?' in url else '?'}before={stamp}_{bookmark.look_id}"


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
