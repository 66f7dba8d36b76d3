"""
Breaking the glass: a record one has no part in, or all of one, is opened because it cannot wait.

What happens is said before. Whoever knows too little is told the same whether there is such a person or
not, and one who has broken the glass too often is told so before anybody is looked for.
"""

from uuid import uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import openings
from nowrongdoor.nhsuk import answers, wording
from nowrongdoor.pages.people import forms
from nowrongdoor.reading import openings_of, people_search
from nowrongdoor.rules import opening
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.law import seeing

NO_ONE_FITS = (
    "What you entered does not lead to one record. Check it, or enter one thing more: NHS number, "
    "date of birth, postcode or telephone number"
)

SENT_BEFORE = "This form has opened a record already. Begin again for another person"


@require_http_methods(["GET", "POST"])
def break_glass(request: HttpRequest) -> HttpResponse:
    """Who, why, and what will follow; then the record."""
    if request.method == "GET":
        return _show(request, forms.BreakGlass(at=request.at, initial={"opening_id": uuid4()}))
    form = forms.BreakGlass(request.POST, at=request.at)
    if not form.is_valid():
        return _show(request, form, status=422)
    typed = form.cleaned_data
    lately = openings_of.member(request.viewer.member_id)
    before = next((one for one in lately if one.id == typed["opening_id"]), None)
    try:
        if before is None:
            opening.need_not_too_often(lately, at=request.at)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _show(request, form, status=answers.status_of(refusal))
    person = people_search.the_one(form.asked(), viewer=request.viewer, at=request.at)
    if before is not None:
        # The same form sent twice opens the record once; one that was changed in between opens nothing.
        if person is not None and person.id == before.person_id:
            return redirect("person", person.id)
        form.add_error(None, SENT_BEFORE)
        return _show(request, form, status=409)
    if person is None:
        form.add_error(None, NO_ONE_FITS)
        return _show(request, form, status=422)
    try:
        openings.break_glass(
            opening_id=typed["opening_id"],
            review_id=uuid5(typed["opening_id"], "review"),
            person_id=person.id,
            reason=typed["reason"],
            words=typed["words"],
            by=request.viewer,
            at=request.at,
        )
    except Missing:
        # A seal keeps them safe from this viewer, who is answered as about nobody.
        form.add_error(None, NO_ONE_FITS)
        return _show(request, form, status=422)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _show(request, form, status=answers.status_of(refusal))
    return redirect("person", person.id)


def _show(request: HttpRequest, form: forms.BreakGlass, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "lasts": wording.duration(seeing.lasts("break_glass", at=request.at)),
        "reviewed": wording.duration(seeing.lasts("review_break_glass", at=request.at)),
    }
    return answers.page(request, "people/glass.jinja", context, status=status)
