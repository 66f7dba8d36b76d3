"""Staff ask that somebody of a network rings a person back, just to talk."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import talks
from nowrongdoor.nhsuk import answers, banners, drafts, recorded, wording
from nowrongdoor.pages.talks import forms
from nowrongdoor.reading import contact_record, person_record, referral_record, safe_to_ring
from nowrongdoor.reading import talks as reading
from nowrongdoor.rules import law
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.talk import UNSAFE
from nowrongdoor.rules.words import PromiseKind


@dataclass(frozen=True)
class From:
    """What a call is asked for from, and whom it is about as far as this viewer is shown them."""

    about: dict[str, UUID | None]
    back: str
    person: Person | None
    contact: Contact | None = None
    has_twin: bool = False


@require_http_methods(["GET", "POST"])
def from_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """From a contact, also of somebody nobody knows yet."""
    record = contact_record.of(contact_id, seen=request.seen)
    return _ask(
        request,
        From(
            _about(contact_id=contact_id),
            reverse("contact", args=[contact_id]),
            record.person,
            record.contact,
        ),
    )


@require_http_methods(["GET", "POST"])
def from_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """From a referral; whoever holds it holds it still."""
    about = referral_record.about(referral_id, seen=request.seen)
    back = reverse("referral", args=[referral_id])
    return _ask(
        request, From(_about(referral_id=referral_id), back, about.person, about.contact, about.has_twin)
    )


@require_http_methods(["GET", "POST"])
def from_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """From somebody's record."""
    person, has_twin = person_record.known(person_id, seen=request.seen)
    back = reverse("person", args=[person_id])
    return _ask(request, From(_about(person_id=person_id), back, person, has_twin=has_twin))


def _about(**named: UUID) -> dict[str, UUID | None]:
    return {"contact_id": None, "referral_id": None, "person_id": None, **named}


def _ask(request: HttpRequest, asked: From) -> HttpResponse:
    networks = reading.networks()
    form = drafts.form(
        request,
        forms.Ask,
        networks=networks,
        at=request.at,
        initial=_initial(asked, len(networks) == 1 and networks),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                talks.ask(**_typed(request, form), **asked.about, by=request.viewer, at=request.at)
            except AlreadyRecorded:
                if _as_recorded(form):
                    return _told(
                        request, asked.back, "Recorded already", "It was sent twice, and is recorded once."
                    )
                what = "A call was already asked for from this page"
                recorded.otherwise(form, what=what, then="look at it, or go back and ask again.")
                status = 409
            except Missing:
                form.add_error("service", "This network is not in the directory any more. Choose another")
            except Refused as refusal:
                _refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                name = form.cleaned_data["ask_for"]
                said = f"A volunteer rings {name}. Whoever held them holds them still."
                return _told(request, asked.back, "Asked for", said)
    within = law.promise_time(PromiseKind.JUST_TO_TALK, at=request.at).within
    context = {
        "form": form,
        "networks": networks,
        "banner": _banner(request, asked),
        "usual": wording.duration(within),
        "back": asked.back,
    }
    return answers.page(request, "talks/ask.jinja", context, status=status)


def _typed(request: HttpRequest, form: forms.Ask) -> dict[str, object]:
    typed = form.cleaned_data
    names = ("talk_id", "promise_id", "ask_for", "number", "safe_to_call", "words")
    return {
        **{name: typed[name] for name in names},
        **form.suits(at=request.at),
        "service_id": UUID(typed["service"]),
        "agreed": typed["agreed"] == "yes",
    }


def _refused(request: HttpRequest, form: forms.Ask, refusal: Refused) -> None:
    """A time is said at the box it was typed in."""
    if refusal.field in {"due_at", "suits_until"}:
        form.add_error("clock_until", refusal.words.rstrip("."))
    else:
        answers.refused(request, form, refusal)


def _as_recorded(form: forms.Ask) -> bool:
    typed = form.cleaned_data
    said = {name: typed[name] for name in ("ask_for", "number", "words")} | {
        "service_id": UUID(typed["service"])
    }
    return recorded.as_sent(said, reading.is_asked(typed["talk_id"]))


def _told(request: HttpRequest, back: str, *note: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *note)
    return redirect(back)


def _initial(asked: From, only: object) -> dict[str, object]:
    """What is known already, as this viewer is shown it: whom to ask for, which number, is it safe."""
    initial: dict[str, object] = {"talk_id": uuid4(), "promise_id": uuid4()}
    if isinstance(only, tuple):
        initial["service"] = str(only[0].id)
    person, contact = asked.person, asked.contact
    if person is not None:
        initial |= {"ask_for": _first(person.given_names), "number": person.phone}
        safe = safe_to_ring.about(person)
    if contact is not None and contact.callback_number and (person is None or not person.phone):
        initial["number"], safe = contact.callback_number, contact.safe_to_call
        if person is None and contact.caller_kind != "professional":
            initial["ask_for"] = _first(contact.caller_name)
    if initial.get("number"):
        initial["safe_to_call"] = "no" if safe in UNSAFE else safe
    return initial


def _first(names: str) -> str:
    return names.split()[0] if names.strip() else ""


def _banner(request: HttpRequest, asked: From) -> object:
    person = asked.person
    if person is None:
        return None
    url = reverse("person", args=[person.id])
    safe = safe_to_ring.about(person)
    return banners.person_banner(person, safe=safe, at=request.at, same_name=asked.has_twin, url=url)
