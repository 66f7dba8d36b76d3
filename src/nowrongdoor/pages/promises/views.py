"""Something is promised to a person by a time; a promise that is late is raised to a team that can act."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import promises
from nowrongdoor.nhsuk import (
    answers,
    banners,
    clocks,
    drafts,
    hidden,
    recorded,
    records,
    seeing_words,
    wording,
)
from nowrongdoor.pages.promises import forms
from nowrongdoor.reading import open_teams, owed, person_record, referral_record, safe_to_ring
from nowrongdoor.rules import clock, law, promise
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind

NOBODY = UUID(int=0)


@require_http_methods(["GET", "POST"])
def on_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Promise something about a referral, to whomever it is about."""
    about = referral_record.about(referral_id, seen=request.seen)
    return _make(
        request,
        about={"referral_id": referral_id, "person_id": about.person.id if about.person else None},
        person=about.person,
        has_twin=about.has_twin,
        back=reverse("referral", args=[referral_id]),
    )


@require_http_methods(["GET", "POST"])
def to_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Promise something to a person, about no referral."""
    person, has_twin = person_record.known(person_id, seen=request.seen)
    return _make(
        request,
        about={"referral_id": None, "person_id": person_id},
        person=person,
        has_twin=has_twin,
        back=reverse("person", args=[person_id]),
    )


def _make(
    request: HttpRequest, *, about: dict[str, UUID | None], person: Person | None, has_twin: bool, back: str
) -> HttpResponse:
    form = drafts.form(request, forms.Make, initial={"promise_id": uuid4(), **_offered(request)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                promises.make(
                    promise_id=typed["promise_id"],
                    kind=typed["kind"],
                    words=typed["words"],
                    due_at=form.due_at(at=request.at),
                    contact_id=None,
                    **about,
                    asked_of=typed["asked_of"],
                    by=request.viewer,
                    at=request.at,
                )
            except AlreadyRecorded:
                if _as_recorded(form, about):
                    drafts.sent(request)
                    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
                    return redirect(back)
                status = 409
            except Refused as refusal:
                _refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                made = owed.one(typed["promise_id"]).promise
                by = wording.local_when(made.due_at, at=request.at)
                answers.note(request, "Promised", f"Your team owes it by {by}, and you are named.")
                return redirect(back)
    context = {
        "form": form,
        "banner": _banner(person, has_twin, at=request.at),
        "usual": _usual(at=request.at),
        "back": back,
    }
    return answers.page(request, "promises/make.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def raise_alarm(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Something has gone wrong with a referral: whoever can act hears of it at once."""
    about = referral_record.about(referral_id, seen=request.seen)
    person_id = about.person.id if about.person else None
    form = drafts.form(request, forms.RaiseAlarm, initial={"promise_id": uuid4()})
    status, back = 200, reverse("referral", args=[referral_id])
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            whose = {"contact_id": None, "referral_id": referral_id, "person_id": person_id}
            try:
                promises.make(**typed, due_at=None, **whose, by=request.viewer, at=request.at)
            except AlreadyRecorded:
                stands = owed.one(typed["promise_id"]).promise
                if recorded.as_sent({"kind": typed["kind"], "words": typed["words"]}, stands):
                    twice = "It was sent twice, and is recorded once."
                    return _told(request, back, "Recorded already", twice)
                what = "Something was already escalated from this page"
                recorded.otherwise(form, what=what, then="look at it.")
                status = 409
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                said = "Whoever is on call finds it on My work. It stays until somebody says what was done."
                return _told(request, back, "Escalated", said)
    context = {"form": form, "banner": _banner(about.person, about.has_twin, at=request.at), "back": back}
    return answers.page(request, "promises/raise.jinja", context, status=status)


def _told(request: HttpRequest, back: str, *note: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *note)
    return redirect(back)


def _offered(request: HttpRequest) -> dict[str, str]:
    """Support that the page which led here offers: the words are there, and can be changed."""
    for one in law.codes("support_offers", on=local_date(request.at)):
        if one.code == request.GET.get("offer"):
            return {"kind": str(PromiseKind.CALLBACK), "words": one.entails}
    return {}


def _refused(request: HttpRequest, form: forms.Make, refusal: Refused) -> None:
    """A time that has passed is said at the box it was typed in."""
    if refusal.field == "due_at":
        form.add_error("clock_time", refusal.words)
    else:
        answers.refused(request, form, refusal)


def _as_recorded(form: forms.Make, about: dict[str, UUID | None]) -> bool:
    """The promise this form made is what it says now; otherwise the form says that it is not."""
    typed, stands = form.cleaned_data, owed.one(form.cleaned_data["promise_id"]).promise
    said = {name: typed[name] for name in ("kind", "words", "asked_of")} | about
    by = form.due_at(at=stands.made_at) or _usual_due(stands)
    # Since it was raised it has another due time, and nobody can say any more which was asked for.
    if recorded.as_sent(said, stands) and (stands.escalation_level or stands.due_at == by):
        return True
    recorded.otherwise(
        form,
        what="Something was already promised from this page",
        then="look at it, or go back and promise something else.",
    )
    return False


def _usual_due(stands: Promise) -> datetime:
    """When it fell due by the standard for its kind, as that stood when it was made."""
    return clock.due_at(stands.made_at, law.promise_time(stands.kind, at=stands.made_at).within)


def _usual(*, at: datetime) -> str:
    """`call back within 15 min, find out within 4 h`, from the standards of the day."""
    within = {one.code: wording.duration(one.within) for one in law.promise_times(on=local_date(at))}
    return (
        f"a call back within {within['callback']}, an answer within {within['information']}, "
        f"the person waited for {within['the_person']}"
    )


@require_http_methods(["GET", "POST"])
def escalate(request: HttpRequest, promise_id: UUID) -> HttpResponse:
    """A late promise is raised to a team that can act. It stays owed, with a new due time."""
    one = owed.one(promise_id)
    form = drafts.form(
        request,
        forms.Escalate,
        teams=open_teams.names(),
        owner=one.promise.owner_team_id,
        initial={
            "seen": one.promise.version,
            "escalation_id": uuid4(),
            # One's own team, unless it is the one that owes it: they know.
            "to_team": "" if one.promise.owner_team_id == request.viewer.team_id else request.viewer.team_id,
        },
    )
    back = reverse("our_team") if request.GET.get("back") == "team" else _back(request, one.promise)
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                promises.escalate(
                    promise_id=promise_id,
                    escalation_id=typed["escalation_id"],
                    to_team_id=UUID(typed["to_team"]),
                    words=typed["words"],
                    by=request.viewer,
                    at=request.at,
                    seen=typed["seen"],
                )
            except ChangedMeanwhile as refusal:
                if _raised_so(form):
                    drafts.sent(request)
                    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
                    return redirect(back)
                status, one = 409, owed.one(promise_id)
                hidden.sees(form, one.promise.version)
                conflict = answers.conflict(request, refusal, yours=typed["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                due = wording.local_when(owed.one(promise_id).promise.due_at, at=request.at)
                answers.note(
                    request, "Escalated", f"It is still owed by {one.team_name}, now to be answered by {due}."
                )
                return redirect(back)
    context = {
        "form": form,
        "owed": one,
        "sealed": seeing_words.before_asking(request.seen),
        "chip": clocks.promise_chip(one.promise, at=request.at),
        "why_not": _why_not(one.promise, at=request.at),
        "back": back,
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "promises/escalate.jinja", context, status=status)


def _back(request: HttpRequest, owed: Promise) -> str:
    """What it is about; of a call just to talk nobody reads more than that, but whoever rings."""
    is_theirs = owed.owner_team_id != request.viewer.team_id
    if owed.kind == PromiseKind.JUST_TO_TALK and is_theirs:
        return reverse("my_work")
    return records.about(owed)


def _why_not(owed: Promise, *, at: datetime) -> str:
    """The rule is tried and thrown away: it says itself why this cannot be raised now."""
    try:
        promise.escalate(owed, escalation_id=NOBODY, to_team_id=NOBODY, words="", by=NOBODY, at=at)
    except Refused as refusal:
        return refusal.words
    return ""


def _raised_so(form: forms.Escalate) -> bool:
    """The very escalation this form makes stands recorded, to the same team with the same words."""
    typed = form.cleaned_data
    said = {"to_team_id": UUID(typed["to_team"]), "words": typed["words"]}
    return recorded.as_sent(said, owed.escalation(typed["escalation_id"]))


def _banner(person: Person | None, has_twin: bool, *, at: datetime) -> object:
    if person is None:
        return None
    url = reverse("person", args=[person.id])
    safe = safe_to_ring.about(person)
    return banners.person_banner(person, safe=safe, at=at, same_name=has_twin, url=url)
