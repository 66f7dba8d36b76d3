"""Someone is registered, once the records that could be theirs were looked at; and details are corrected."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import people
from nowrongdoor.nhsuk import answers, banners, candidates, drafts, hidden, recorded
from nowrongdoor.nhsuk.fields import UNSTORABLE
from nowrongdoor.nhsuk.identity_fields import IdentityFields
from nowrongdoor.pages.people import forms, telling_writers
from nowrongdoor.reading import people_search, person_record, safe_to_ring
from nowrongdoor.rules import identifiers, identity, person, withholding
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.person import Details


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """
    Reached from a search (or from a contact, whose text is kept as a draft), with what was looked for.

    A plain visit goes to the search: nobody is registered before someone looked.
    """
    if request.method == "GET":
        if drafts.ASKED not in request.GET:
            return redirect("people_search")
        return _show(request, drafts.form(request, forms.Register), looked_at=())
    if "person_id" not in request.POST or "contact_id" in request.POST:
        return _begin(request)
    form = forms.Register(request.POST)
    looked_at = forms.looked_at(request.POST)
    if not form.is_valid():
        return _show(request, form, looked_at=looked_at, status=422)
    return _register(request, form, looked_at)


def _begin(request: HttpRequest) -> HttpResponse:
    """The search as it stood becomes the first answers; its candidates count as shown."""
    search = IdentityFields(_identity_of(request), at=request.at)
    asked = search.asked() if search.is_valid() else Asked()
    if asked.is_empty:
        return redirect("people_search")
    # The key that was sent is that of another form, whose draft must outlive this one.
    back = str(drafts.of_page(request).key) if "contact_id" in request.POST else ""
    request.draft_key = uuid4()
    form = forms.Register(initial={**forms.from_search(asked), "person_id": uuid4(), "back": back})
    return _show(request, form, looked_at=forms.looked_at(request.POST))


def _identity_of(request: HttpRequest):
    """A contact asks for the number to ring back; here it is the person's own telephone."""
    sent = request.POST.copy()
    sent.setdefault("phone", sent.get("callback_number", ""))
    return sent


def _register(request: HttpRequest, form: forms.Register, looked_at: tuple[UUID, ...]) -> HttpResponse:
    person_id = form.cleaned_data["person_id"]
    if not telling_writers.is_told(form, at=request.at):
        return _show(request, form, looked_at=looked_at, status=422)
    details = form.details()
    try:
        people.register(
            person_id=person_id, details=details, looked_at=looked_at, by=request.viewer, at=request.at
        )
    except AlreadyRecorded:
        if not _as_registered(person_id, details, at=request.at):
            recorded.otherwise(
                form,
                what="This person was already registered from this page",
                then="open their record and correct it there.",
            )
            return _show(
                request, form, looked_at=looked_at, status=409, known_url=reverse("person", args=[person_id])
            )
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _show(request, form, looked_at=looked_at, status=answers.status_of(refusal))
    drafts.sent(request)
    answers.note(request, "Registered", "This person has a record now.")
    if back := _key(form.cleaned_data["back"]):
        return redirect(f"{reverse('contact_new')}?{drafts.ASKED}={back}&person={person_id}")
    return redirect("person", person_id)


def _as_registered(person_id: UUID, details: Details, *, at: datetime) -> bool:
    """The record is what this form would make of it, were it registered now."""
    details = withholding.part(details, at=at).details
    made = person.register(details, person_id=person_id, candidates=(), looked_at=(), at=at).change.after
    said = {name: getattr(made, name) for name in Details.__dataclass_fields__}
    return recorded.as_sent(said, people_search.person(person_id))


def _show(
    request: HttpRequest,
    form: forms.Register,
    *,
    looked_at: tuple[UUID, ...],
    status: int = 200,
    known_url: str = "",
) -> HttpResponse:
    """The form, and before it every record that could be this person's, which then counts as looked at."""
    asked, details = _so_far(form)
    alike = people_search.could_be(details, viewer=request.viewer, at=request.at)
    matches = [identity.why_it_matches(asked, one) for one in alike]
    shown = [candidates.candidate(asked, one, at=request.at, has_twin=len(matches) > 1) for one in matches]
    answers.lists(request, candidates.seen(shown))
    context = {
        "form": form,
        "found": shown,
        "looked_at": tuple(dict.fromkeys([*looked_at, *(one.id for one in shown)])),
        "asked": asked,
        "known_url": known_url,
    }
    return answers.page(request, "people/register.jinja", context, status=status)


def _so_far(form: forms.Register) -> tuple[Asked, Details]:
    """What the form says now, even when half of it was refused: who could this be?"""
    names = ("given_names", "family_name", "phone", "postcode", "nhs_number")
    value = {name: UNSTORABLE.sub("", str(form[name].value() or "")).strip() for name in names}
    number = identifiers.nhs_digits(value["nhs_number"])
    value["nhs_number"] = number if len(number) == 10 and number.isascii() else ""
    answers_known = form.cleaned_data if hasattr(form, "cleaned_data") else form.initial
    born = answers_known.get("born_on")
    asked = Asked(
        name=f"{value['given_names']} {value['family_name']}".strip(),
        born_on=born,
        nhs_number=value["nhs_number"],
        phone=value["phone"],
        postcode=value["postcode"],
    )
    return asked, Details(born_on=born, **value)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change what is known of someone. What was believed before stays in their timeline."""
    known, has_twin = person_record.known(person_id, seen=request.seen)
    form = drafts.form(request, forms.Correct, initial=forms.from_person(known))
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid() and telling_writers.is_told(form, stood=known.know_first, at=request.at):
            try:
                people.correct(
                    person_id=person_id,
                    details=form.details(),
                    by=request.viewer,
                    at=request.at,
                    seen=form.cleaned_data["seen"],
                )
            except ChangedMeanwhile as refusal:
                status = 409
                known, has_twin = person_record.known(person_id, seen=request.seen)
                hidden.sees(form, known.version)
                conflict = _overtaken(request, refusal, person_id)
            except Refused as refusal:
                answers.refused(request, form, refusal)
            else:
                drafts.sent(request)
                answers.note(request, "Corrected", "What was on record before stays in the timeline.")
                return redirect("person", person_id)
    context = {
        "form": form,
        "person": known,
        "banner": banners.person_banner(
            known,
            safe=safe_to_ring.about(known),
            at=request.at,
            same_name=has_twin,
            url=reverse("person", args=[person_id]),
        ),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "people/correct.jinja", context, status=status)


def _overtaken(request: HttpRequest, refusal: ChangedMeanwhile, person_id: UUID):
    return answers.conflict(
        request,
        refusal,
        now_true="The record as it is now is at the top of this page. What you typed is still below.",
        actions=(("Start again from the record as it is now", reverse("person_correct", args=[person_id])),),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
