"""One person: who holds them now, what is open and owed, their story, and a new request for help."""

from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import referrals
from nowrongdoor.nhsuk import about_words, answers, circle_words, drafts, hidden, recorded
from nowrongdoor.pages.people import as_one, forms, ringing, waiting, wording
from nowrongdoor.pages.people.filtering import Filter
from nowrongdoor.pages.people.framing import frame
from nowrongdoor.reading import (
    key_contacts,
    person_record,
    person_timeline,
    referral_record,
    standing,
    told_of,
)
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import AlreadyRecorded, Refused


@require_GET
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Now: who holds this person, for what, until when; what is owed; what was before."""
    record = person_record.of(person_id, seen=request.seen)
    lines, circle = told_of.of(person_id, record.as_one.others, seen=request.seen)
    may_promise = access.may_do(request.viewer, "promise.make", at=request.at)
    context = {
        **frame(request, record.person, record.has_twin, here="now", lines=lines),
        "about": about_words.first(lines, at=request.at),
        "unknown": about_words.unknown(lines),
        "record": record,
        "not_shown": wording.not_shown(record.hidden),
        "open": [wording.referral(one, at=request.at) for one in record.open],
        "earlier": [wording.referral(one, at=request.at) for one in record.earlier],
        "contacts": [wording.contact(one, at=request.at) for one in record.contacts],
        "ringing": ringing.key_contacts(key_contacts.of(record), record.person, at=request.at),
        "circle": [
            circle_words.to_ring(one, at=request.at) for one in circle if one.entry.withdrawn_at is None
        ],
        "as_one": as_one.shown(request, record.as_one),
        **waiting.parted(record.owed, viewer=request.viewer, at=request.at),
        "refer_url": hidden.fresh(reverse("person_refer", args=[person_id]))
        if access.may_do(request.viewer, "referral.refer", at=request.at)
        else "",
        "often": wording.often(record, may_promise=may_promise, at=request.at),
        "may_promise": may_promise,
        "may_correct": access.may_do(request.viewer, "person.correct", at=request.at),
        "may_override": access.may_do(request.viewer, "sharing.override", at=request.at),
        "may_list_carers": request.seen.sight.shows(Element.ACCESS)
        and access.may_do(request.viewer, "permission.give", at=request.at),
    }
    return answers.page(request, "people/person.jinja", context)


@require_GET
def timeline(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who did what, when, in words; latest first, fifty at a time; of one agency or one type if asked."""
    asked = Filter(request, person_id)
    story = person_timeline.of(
        person_id, seen=request.seen, before=asked.before, agency_id=asked.agency_id, nouns=asked.nouns
    )
    context = {
        **frame(request, story.person, story.has_twin, here="timeline"),
        "days": wording.days(story, at=request.at),
        "not_shown": wording.not_shown(story.hidden),
        "agencies": asked.by_agency(story.agencies),
        "types": asked.by_type(),
        "next_url": asked.next_url(story.next),
        "first_url": asked.first_url if request.GET.get("before") else "",
        "only_url": asked.url if asked.is_narrowed else "",
    }
    return answers.page(request, "people/timeline.jinja", context)


@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take a new request for help in for someone who is known; this team holds it from now."""
    known, has_twin = person_record.known(person_id, seen=request.seen)
    key = hidden.of_address(request)
    if request.method == "GET" and key and _may_know(request, key):
        return answers.done_before(
            request,
            what="referral",
            when=referral_record.received_at(key),
            url=reverse("referral", args=[key]),
            again_url=hidden.fresh(reverse("person_refer", args=[person_id])),
        )
    form = drafts.form(request, forms.Refer, at=request.at, initial={"referral_id": key or uuid4()})
    status, known_url = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                referrals.refer(
                    referral_id=typed["referral_id"],
                    holding_id=uuid5(typed["referral_id"], "holding"),
                    person_id=person_id,
                    contact_id=None,
                    needs=typed["needs"],
                    request=typed["request"],
                    words=typed["words"],
                    by=request.viewer,
                    at=request.at,
                )
            except AlreadyRecorded:
                if _as_recorded(request, form, person_id):
                    drafts.sent(request)
                    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
                    return redirect("referral", typed["referral_id"])
                status, known_url = 409, reverse("referral", args=[typed["referral_id"]])
            except Refused as refusal:
                answers.refused(request, form, refusal)
            else:
                drafts.sent(request)
                answers.note(request, "Referral taken in", "Your team holds it now, and you are named.")
                return redirect("referral", typed["referral_id"])
    context = {
        **frame(request, known, has_twin, here=""),
        "form": form,
        "may_come_back": key is not None,
        "known_url": known_url,
    }
    return answers.page(request, "people/refer.jinja", context, status=status)


def _may_know(request: HttpRequest, referral_id: UUID) -> bool:
    """The form was sent, and made a referral that this viewer may know of."""
    return standing.may_know("referral", referral_id, viewer=request.viewer, at=request.at)


def _as_recorded(request: HttpRequest, form: forms.Refer, person_id: UUID) -> bool:
    """The referral this form made is what it says now; otherwise the form says that it is not."""
    typed = form.cleaned_data
    said = {name: typed[name] for name in ("needs", "request", "words")} | {"person_id": person_id}
    seen = standing.of("referral", typed["referral_id"], viewer=request.viewer, at=request.at)
    if recorded.as_sent(said, referral_record.about(typed["referral_id"], seen=seen).referral):
        return True
    recorded.otherwise(
        form,
        what="This referral was already taken in from this page",
        then="open the referral, or begin a new one for something else.",
    )
    return False
