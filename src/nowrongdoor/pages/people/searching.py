"""
Looking for someone, and opening their record when two identifiers agree. Who has no part in their care
says why they need it first, and then has it for half a day.
"""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from nowrongdoor.journeys import openings
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, banners, candidates, drafts, wording
from nowrongdoor.pages.people import forms
from nowrongdoor.reading import people_search, standing
from nowrongdoor.rules import access
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.identity import Asked, Match
from nowrongdoor.rules.law import seeing

NOT_THERE = "That record is not here any more. Look for the person again."
ASK_ONE_MORE = "Ask one more: date of birth or postcode"


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """A blank form, or what was asked with the records that may match. A POST: no name is in an address."""
    form = forms.Search(request.POST if request.method == "POST" else None, at=request.at)
    if not form.is_bound:
        return _show(request, form)
    return _show(request, form) if form.is_valid() else _show(request, form, status=422)


@require_POST
def open_record(request: HttpRequest) -> HttpResponse:
    """Open one of the records found. One identifier alone never opens anything, nor does a stranger's."""
    form = forms.Search(request.POST, at=request.at)
    found = _agreed(request, form)
    if found is None:
        return _show(request, form, status=422)
    if _may_see(request, found.person.id):
        return redirect("person", found.person.id)
    return _ask_why(request, form, found, forms.Claim(at=request.at, initial={"opening_id": uuid4()}))


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Why the record is needed; what was known of the person comes along and must still agree."""
    form = forms.Search(request.POST, at=request.at)
    found = _agreed(request, form)
    if found is None:
        return _show(request, form, status=422)
    why = forms.Claim(request.POST, at=request.at)
    if not why.is_valid():
        return _ask_why(request, form, found, why, status=422)
    try:
        openings.claim(**why.cleaned_data, person_id=found.person.id, by=request.viewer, at=request.at)
    except AlreadyRecorded:
        # The same form sent twice: the record is open; unless it was another's that it opened.
        if not _may_see(request, found.person.id):
            why.add_error(None, "This form has opened a record already. Look for the person again.")
            return _ask_why(request, form, found, why, status=409)
    except Refused as refusal:
        answers.refused(request, why, refusal)
        return _ask_why(request, form, found, why, status=answers.status_of(refusal))
    else:
        until = wording.local_when(request.at + seeing.lasts("claim", at=request.at), at=request.at)
        answers.note(request, f"Open to you until {until}", "It is on record that you opened this, and why.")
    return redirect("person", found.person.id)


def _agreed(request: HttpRequest, form: forms.Search) -> Match | None:
    """The record that was chosen, if two identifiers agree; else the form says what is missing."""
    if not form.is_valid():
        return None
    try:
        found = people_search.match_of(
            form.asked(),
            person_id=UUID(request.POST.get("person_id", "")),
            viewer=request.viewer,
            at=request.at,
        )
    except (ValueError, Missing):
        form.add_error(None, NOT_THERE)
        return None
    if not found.may_open:
        form.add_error("born_on" if not form.asked().born_on else None, ASK_ONE_MORE)
        return None
    return found


def _may_see(request: HttpRequest, person_id: UUID) -> bool:
    seen = standing.asked("person", person_id, viewer=request.viewer, at=request.at)
    return seen is not None and bool(seen.sight.elements)


def _ask_why(
    request: HttpRequest, form: forms.Search, found: Match, why: forms.Claim, *, status: int = 200
) -> HttpResponse:
    answers.lists(request, [Seen(found.person.id)])
    context = {
        "form": why,
        "name": banners.name_of(found.person),
        "person_id": found.person.id,
        "said": forms.as_sent(form),
        "lasts": wording.duration(seeing.lasts("claim", at=request.at)),
    }
    return answers.page(request, "people/claim.jinja", context, status=status)


def _show(request: HttpRequest, form: forms.Search, *, status: int = 200) -> HttpResponse:
    asked = form.asked() if form.is_bound else Asked()
    found = people_search.search(asked, viewer=request.viewer, at=request.at)
    shown = candidates.candidates(found, at=request.at)
    # Who was found is on record, so that looking people up for no reason can be seen.
    answers.lists(request, candidates.seen(shown))
    may_register = access.may_do(request.viewer, "person.register", at=request.at)
    context = {
        "form": form,
        "asked": asked,
        "searched": not asked.is_empty,
        "found": shown,
        "more": found.more,
        "looked": found.looked,
        "may_register": may_register,
        "may_break": access.may_do(request.viewer, "access.break_glass", at=request.at),
        # Nobody comes to a registration but from here, so what was typed there is found again here.
        "registrations": drafts.kept_of(request, reverse("person_register"))
        if may_register and asked.is_empty
        else (),
    }
    return answers.page(request, "people/search.jinja", context, status=status)
