"""A contact after it was recorded: read and printed, linked to a person, ended."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import contacts
from nowrongdoor.nhsuk import answers, banners, candidates, drafts, hidden, numbers, questions
from nowrongdoor.pages.contacts import forms, wording
from nowrongdoor.reading import contact_record, people_search, safe_to_ring, signposts_of
from nowrongdoor.rules import access
from nowrongdoor.rules.change import ChangedMeanwhile, Missing, Refused
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.words import ContactState, PromiseState


@require_GET
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The contact as it was recorded, what came of it, and what is still owed."""
    return answers.page(request, "contacts/contact.jinja", _shown(request, contact_id))


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Whom was it about? Looked for, and linked when two identifiers agree."""
    record = contact_record.of(contact_id, seen=request.seen)
    form = drafts.form(
        request,
        forms.Link,
        at=request.at,
        initial={"seen": record.contact.version, "phone": record.contact.callback_number},
    )
    asked = form.asked() if form.is_bound and form.is_valid() else Asked()
    status = 422 if form.is_bound and form.errors else 200
    if "choose" in request.POST and not form.errors:
        try:
            _link(request, form, asked, contact_id)
        except Missing:
            form.add_error(None, forms.NOT_THERE)
            status = 422
        except Refused as refusal:
            record = _refused(request, form, refusal, record)
            status = answers.status_of(refusal)
        else:
            drafts.sent(request)
            answers.note(
                request, "Linked", "This contact, and what was referred from it, is about this person."
            )
            return redirect("contact", contact_id)
    found = people_search.search(asked, viewer=request.viewer, at=request.at)
    shown = candidates.candidates(found, at=request.at)
    answers.lists(request, candidates.seen(shown))
    context = {
        **_shown(request, contact_id, record=record),
        "form": form,
        "asked": asked,
        "found": shown,
        "more": found.more,
        "looked": found.looked,
    }
    return answers.page(request, "contacts/link.jinja", context, status=status)


def _link(request: HttpRequest, form: forms.Link, asked: Asked, contact_id: UUID) -> None:
    try:
        chosen = people_search.match_of(
            asked, person_id=UUID(request.POST["choose"]), viewer=request.viewer, at=request.at
        )
    except ValueError:
        raise Missing("people.person") from None
    if not chosen.may_open:
        raise Refused("Ask one more thing, then choose the record.", code="one_identifier")
    contacts.link(
        contact_id=contact_id,
        person_id=chosen.person.id,
        by=request.viewer,
        at=request.at,
        seen=form.cleaned_data["seen"],
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """End a contact that was left open, with what came of it."""
    record = contact_record.of(contact_id, seen=request.seen)
    form = drafts.form(request, forms.Close, at=request.at, initial={"seen": record.contact.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                contacts.close(contact_id=contact_id, **form.cleaned_data, by=request.viewer, at=request.at)
            except Refused as refusal:
                record = _refused(request, form, refusal, record)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, "Contact closed")
                return redirect("contact", contact_id)
    context = {**_shown(request, contact_id, record=record), "form": form}
    return answers.page(request, "contacts/close.jinja", context, status=status)


def _refused(
    request: HttpRequest,
    form: forms.Link | forms.Close,
    refusal: Refused,
    record: contact_record.ContactRecord,
) -> contact_record.ContactRecord:
    """The contact as it is now, and why the act was not done; a form that was overtaken has seen it."""
    answers.refused(request, form, refusal)
    if isinstance(refusal, ChangedMeanwhile):
        record = contact_record.of(record.contact.id, seen=request.seen)
        hidden.sees(form, record.contact.version)
    return record


def _shown(
    request: HttpRequest, contact_id: UUID, *, record: contact_record.ContactRecord | None = None
) -> dict[str, object]:
    record = record or contact_record.of(contact_id, seen=request.seen)
    open_promises = [one for one in record.owed if one.promise.state == PromiseState.OPEN]
    may = {act for act in ("contact.link", "contact.close", "promise.keep", "signpost.tell", "talk.ask")
           if access.may_do(request.viewer, act, at=request.at)}  # fmt: skip
    is_open = record.contact.state == ContactState.OPEN
    ours = record.contact.team_id == request.viewer.team_id
    return {
        "record": record,
        "contact": record.contact,
        "at": request.at,
        "banner": banners.person_banner(record.person, safe=safe_to_ring.about(record.person), at=request.at)
        if record.person
        else None,
        "facts": wording.facts(record.contact, hidden=record.hidden, at=request.at),
        "number": numbers.to_ring(record.contact),
        "answered": questions.answered(record.contact, at=request.at),
        "outcome": wording.outcome(record, at=request.at),
        "referrals": wording.referrals(record, at=request.at),
        "told_of": wording.told_of(
            signposts_of.in_contact(contact_id, seen=request.seen), at=request.at
        ),
        "may_tell": "signpost.tell" in may,
        "may_ask_to_talk": "talk.ask" in may,
        "owed": wording.owed(record.owed, at=request.at),
        "may_link": "contact.link" in may and record.contact.person_id is None,
        "may_close": "contact.close" in may and is_open and ours and not open_promises,
        "may_keep": "promise.keep" in may and ours,
    }
