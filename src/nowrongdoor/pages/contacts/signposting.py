"""Somebody was told of a service that they ask themselves: recorded with its contact."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import signposts
from nowrongdoor.kernel import outbox
from nowrongdoor.nhsuk import answers, banners, drafts, message_words, wording
from nowrongdoor.nhsuk.frame import HELP_NOW
from nowrongdoor.pages.contacts import forms
from nowrongdoor.reading import contact_record, options, safe_to_ring, signposts_of
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.law import directory
from nowrongdoor.rules.message import TEXT
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.ringing import YES

HELP = tuple(f"{one.who}: {one.number}. {one.when}" for one in HELP_NOW)


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """What they were told, and whether they want to be asked afterwards; by when, if they said so."""
    record = contact_record.of(contact_id, seen=request.seen)
    initial = {"signpost_id": uuid4(), "promise_id": uuid4(), "service": request.GET.get("service", "")}
    form = drafts.form(request, forms.Signpost, at=request.at, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                told = form.told(at=request.at)
                told |= {"contact_id": contact_id, "help_lines": HELP}
                signposts.tell(**told, by=request.viewer, at=request.at)
            except AlreadyRecorded as refusal:
                if _as_recorded(form, contact_id, request):  # sent twice: it stands there once
                    drafts.sent(request)
                    return redirect("contact", contact_id)
                answers.refused(request, form, refusal)
                status = 409
            except Missing:
                form.add_error(None, forms.NO_SERVICE)
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(
                    request, "Recorded", "It stands with this contact, and so does what you owe them."
                )
                return redirect("contact", contact_id)
    service = _service(form["service"].value())
    context = {
        "form": form,
        "may_text": outbox.sender(TEXT) != "" and _is_safe(record.person),
        "only_shown": message_words.ONLY_SHOWN if outbox.only_shows(TEXT) else "",
        "contact_id": contact_id,
        "service": service,
        "usual": wording.duration(directory.counts_for("ask_after", at=request.at)),
        "banner": banners.person_banner(record.person, safe=safe_to_ring.about(record.person), at=request.at)
        if record.person
        else None,
    }
    return answers.page(request, "contacts/signpost.jinja", context, status=status)


def _is_safe(person: Person | None) -> bool:
    """Their own number is known, and somebody has plainly said that it is safe."""
    return person is not None and bool(person.phone) and safe_to_ring.about(person) == YES


def _as_recorded(form: forms.Signpost, contact_id: UUID, request: HttpRequest) -> bool:
    typed = form.cleaned_data
    return any(
        (one.signpost.id, one.signpost.words, one.signpost.ask_after)
        == (typed["signpost_id"], typed["words"].strip(), typed["ask_after"])
        for one in signposts_of.in_contact(contact_id, seen=request.seen)
    )


def _service(text: object) -> str:
    """The name of the service that was chosen; nothing where none was, or it is not there."""
    try:
        found = options.one(UUID(str(text or "")))
    except ValueError:
        return ""
    return found[0].name if found else ""
