"""Find options; look at one service; say what it says of its places."""

from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nowrongdoor.journeys import gaps as ledger
from nowrongdoor.journeys import services
from nowrongdoor.nhsuk import answers, code_words
from nowrongdoor.pages.options import forms
from nowrongdoor.reading import options
from nowrongdoor.reading.options import Found, Shown
from nowrongdoor.rules import access, fitting_words, gaps, law
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.fitting import Ask, Fit, Said


@dataclass(frozen=True)
class Line:
    """One option as it is read, from the most useful on."""

    id: UUID
    name: str
    summary: str
    offered_by: str
    phone: str
    hours: str
    team: str
    reasons: tuple[str, ...]
    misses: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...]
    unchecked: str


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """A blank form, or what was asked with the options. A POST: nothing of a person is in an address."""
    asked = request.POST if request.method == "POST" else None
    of = {what: _key(request.GET.get(what, "")) for what in ("contact", "referral")}
    form = forms.Find(asked, at=request.at, **of)
    if not form.is_bound:
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    ask = form.asked()
    found = options.find(ask)
    _count(request, form, ask, found)
    return _show(request, form, found=found, ask=ask)


@require_safe
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    return _one(request, service_id, forms.Places(at=request.at, initial={"counts_for": "8"}))


@require_POST
def places(request: HttpRequest, service_id: UUID) -> HttpResponse:
    form = forms.Places(request.POST, at=request.at)
    if form.is_valid():
        try:
            services.say_places(
                service_id=service_id,
                **form.cleaned_data,
                opens_again_at=None,
                by=request.viewer,
                at=request.at,
            )
            answers.note(
                request, "Saved", "Whoever looks for options now sees it, with who said it and when."
            )
            return redirect("option", service_id)
        except Refused as refusal:
            answers.refused(request, form, refusal)
    return _one(request, service_id, form, status=422)


def _key(text: str) -> UUID | None:
    """
    The contact or the referral it is looked for in. Only an address is made of it: who may not see it finds
    nothing there.
    """
    try:
        return UUID(text)
    except ValueError:
        return None


def _count(request: HttpRequest, form: forms.Find, ask: Ask, found: Found) -> None:
    """In the gap ledger, without anybody. That it cannot be counted now keeps nobody from the answer."""
    with suppress(Refused):
        sitting = gaps.sitting(ask, found.by_need, key=form.cleaned_data["sitting"])
        form.goes_on(ledger.count(found=sitting, next_key=uuid4(), by=request.viewer, at=request.at))


def _show(
    request: HttpRequest,
    form: forms.Find,
    *,
    found: Found | None = None,
    ask: Ask | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {"form": form, "searched": found is not None}
    if found is not None and ask is not None:
        told = found.options
        labels = {row["code"]: row["label"] for row in law.rows("fit_criteria")}
        context |= {
            "contact": form.cleaned_data["contact"],
            "referral": form.cleaned_data["referral"],
            "best": _lines(told.best, found, ask),
            "near": _lines(told.near, found, ask),
            "person": _whoever(told.navigator, found, ask),
            "crisis_line": _whoever(told.crisis_line, found, ask),
            "fitting": told.fitting,
            "count": told.found,
            "by_one": [
                (labels[name], count) for name, count in sorted(told.by_one.items(), key=lambda one: -one[1])
            ],
            "needs": code_words.all_words_of("needs", ask.needs, at=request.at),
        }
    return answers.page(request, "options/find.jinja", context, status=status)


def _lines(fits: tuple[Fit, ...], found: Found, ask: Ask) -> list[Line]:
    return [line for one in fits if (line := _line(one, found, ask)) is not None]


def _whoever(one: Fit | None, found: Found, ask: Ask) -> Line | None:
    """A navigator or a crisis line listens whatever is needed, so no need is told as missing."""
    return _line(replace(one, unmet=()) if one else None, found, ask)


def _line(one: Fit | None, found: Found, ask: Ask) -> Line | None:
    """None where there is none, or where it has gone since the columns were loaded."""
    shown: Shown | None = found.shown.get(one.entry.id) if one else None
    if one is None or shown is None:
        return None
    return Line(
        id=one.entry.id,
        name=shown.service.name,
        summary=shown.service.summary,
        offered_by=shown.offered_by,
        phone=shown.service.phone,
        hours=shown.service.hours,
        team=shown.team_name,
        reasons=_begun(fitting_words.reasons(one, ask)),
        misses=fitting_words.misses(one, ask),
        doubts=fitting_words.doubts(one, ask),
        unchecked=fitting_words.last_checked(one, ask),
    )


def _begun(parts: tuple[str, ...]) -> tuple[str, ...]:
    return (_upper(parts[0]), *parts[1:]) if parts else ()


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _one(request: HttpRequest, service_id: UUID, form: forms.Places, *, status: int = 200) -> HttpResponse:
    known = options.one(service_id)
    if known is None:
        raise Missing
    one, offered_by, said = known
    context = {
        "one": one,
        "offered_by": offered_by,
        "needs": code_words.all_words_of("needs", one.needs, at=request.at),
        "said": _said(said, request) if said else "",
        "form": form,
        "may_link": access.may_do(request.viewer, "places_link.make", at=request.at),
        "may_see_endings": _may_see_endings(request, one),
        "web": str(one.record.get("url", "")),
        "cost": str(one.record.get("fees", "")),
        "checked": str(one.record.get("assured_date", ""))[:10],
    }
    return answers.page(request, "options/service.jinja", context, status=status)


def _may_see_endings(request: HttpRequest, one: Service) -> bool:
    """What came of it: for the agency whose service it is, and for whoever reads of all of them."""
    viewer, at = request.viewer, request.at
    own = one.agency_id == viewer.agency_id and access.may_do(viewer, "endings.read", at=at)
    return own or access.may_do(viewer, "endings.read_all", at=at)


def _said(one: Capacity, request: HttpRequest) -> str:
    said = Said(one.state, one.places, one.said_by, one.said_at, one.counts_until, one.opens_again_at)
    return _upper(fitting_words.capacity(said, at=request.at))
