"""Looking for someone, and opening their record when two identifiers agree."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from nowrongdoor.nhsuk import answers, candidates, drafts
from nowrongdoor.pages.people import forms
from nowrongdoor.reading import people_search
from nowrongdoor.rules import access
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.identity import Asked

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
    """Open one of the records found. One identifier alone never opens anything."""
    form = forms.Search(request.POST, at=request.at)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        found = people_search.match_of(form.asked(), person_id=UUID(request.POST.get("person_id", "")))
    except (ValueError, Missing):
        form.add_error(None, NOT_THERE)
        return _show(request, form, status=422)
    if not found.may_open:
        form.add_error("born_on" if not form.asked().born_on else None, ASK_ONE_MORE)
        return _show(request, form, status=422)
    return redirect("person", found.person.id)


def _show(request: HttpRequest, form: forms.Search, *, status: int = 200) -> HttpResponse:
    asked = form.asked() if form.is_bound else Asked()
    found = people_search.search(asked)
    may_register = access.may_do(request.viewer, "person.register", at=request.at)
    context = {
        "form": form,
        "asked": asked,
        "searched": not asked.is_empty,
        "found": candidates.candidates(found, at=request.at),
        "more": found.more,
        "may_register": may_register,
        # Nobody comes to a registration but from here, so what was typed there is found again here.
        "registrations": drafts.kept_of(request, reverse("person_register"))
        if may_register and asked.is_empty
        else (),
    }
    return answers.page(request, "people/search.jinja", context, status=status)
