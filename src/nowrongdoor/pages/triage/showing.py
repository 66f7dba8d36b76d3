"""The page of one referral: the queues and the list beside it, its story, and the form to decide by."""

from datetime import datetime
from uuid import uuid4

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from nowrongdoor.nhsuk import (
    answers,
    banners,
    clocks,
    code_words,
    drafts,
    holder_line,
    numbers,
    questions,
    seeing_words,
)
from nowrongdoor.nhsuk import wording as says
from nowrongdoor.pages.triage import changed, forms, guided, screen, specialists
from nowrongdoor.pages.triage import wording as words
from nowrongdoor.pages.triage.specialists import Advice
from nowrongdoor.reading import safe_to_ring, triage_inbox
from nowrongdoor.reading.keyset import Bookmark, bookmark
from nowrongdoor.reading.triage_case import Case
from nowrongdoor.rules import access

Form = forms.Decide | forms.Answer


def form_for(request: HttpRequest, case: Case, sent: QueryDict | None = None) -> Form:
    """The answer to an offer where one waits for this team, else the decision; as sent, or new."""
    posted = sent if sent is not None else (request.POST if request.method == "POST" else None)
    is_answer = "offer" in posted if posted is not None else case.offer is not None
    return _answer(request, case, sent) if is_answer else _decide(request, case, sent)


def new_form(request: HttpRequest, case: Case) -> Form:
    """A form that nothing is written in yet, for a page whose own form is out of date."""
    options = _options(case, at=request.at)
    if case.offer is not None:
        return forms.Answer(initial=_answer_initial(request, case), **_answer_options(case, at=request.at))
    return forms.Decide(initial=_initial(request, case), **options)


def _answer(request: HttpRequest, case: Case, sent: QueryDict | None) -> forms.Answer:
    options = _answer_options(case, at=request.at)
    if sent is not None:
        return forms.Answer(sent, **options)
    return drafts.form(request, forms.Answer, initial=_answer_initial(request, case), **options)


def _answer_options(case: Case, *, at: datetime) -> dict[str, object]:
    own = case.offer.handover.receiver_team_id if case.offer else None
    return {"teams": [one for one in case.teams if one.team.id != own], "at": at}


def _answer_initial(request: HttpRequest, case: Case) -> dict[str, object]:
    offered = case.offer.handover if case.offer else None
    known = {"offer": offered.id, "seen": offered.version} if offered else {}
    return {**known, "act_id": uuid4(), **_chosen(request)}


def _decide(request: HttpRequest, case: Case, sent: QueryDict | None) -> forms.Decide:
    options = _options(case, at=request.at)
    if sent is not None:
        return forms.Decide(sent, **options)
    return drafts.form(request, forms.Decide, initial=_initial(request, case), **options)


def _options(case: Case, *, at: datetime) -> dict[str, object]:
    return {
        "teams": case.teams,
        "others": [
            (str(one.referral_id), words.other_words(one, at=at)) for one in case.involved if one.referral_id
        ],
        "at": at,
    }


def _initial(request: HttpRequest, case: Case) -> dict[str, object]:
    referral = case.record.about.referral
    advised = specialists.advice(case, referral.needs, viewer=request.viewer, at=request.at)
    known = {"seen": referral.version, "act_id": uuid4(), "needs": referral.needs}
    return {**known, "advised": advised.about if advised else "", **_chosen(request)}


def _chosen(request: HttpRequest) -> dict[str, object]:
    # A list leads here with one decision or one team chosen: a start, which can still be changed.
    chosen = {"decision": request.GET.get("decide", ""), "to_team": request.GET.get("team", "")}
    return {name: value for name, value in chosen.items() if value}


def on_to_the_next(
    request: HttpRequest, heading: str, said: str, *, queue: str, after: Bookmark
) -> HttpResponse:
    """To what follows in the queue, saying what has been recorded; to the inbox after the last."""
    follows = triage_inbox.next_in(name=queue, viewer=request.viewer, at=request.at, after=after)
    answers.note(request, heading, f"{said} Next in the list:" if follows else said)
    url = reverse("triage_decide", args=[follows]) if follows else reverse("triage")
    place = request.GET.get("after", "")
    asked = {"queue": queue} | ({"after": place} if follows and bookmark(place) else {})
    return redirect(f"{url}?{urlencode(asked)}")


def show(
    request: HttpRequest,
    case: Case,
    form: Form,
    *,
    status: int = 200,
    conflict: object = None,
    advice: Advice | None = None,
) -> HttpResponse:
    """`advice` is given where it is said anew, about the needs that were chosen in the form."""
    about, at = case.record.about, request.at
    referral, person = about.referral, about.person
    queue = queue_of(request)
    after = bookmark(request.GET.get("after", ""))
    inbox = triage_inbox.of(name=queue, viewer=request.viewer, at=at, after=after)
    answers.lists(request, words.shown(inbox.rows))
    place = str(after) if after else ""
    rows = [words.row(one, queue=queue, at=at, after=place, opened=referral.id) for one in inbox.rows]
    settled = status == 200 and advice is None and not form.is_bound and not request.GET.get("decide")
    context = {
        "form": form,
        "sealed": seeing_words.before_asking(request.seen),
        "problem": status != 200,
        "conflict": conflict,
        "case": case,
        "referral": referral,
        "contact": about.contact,
        "banner": _banner(case, at=at),
        "number": numbers.to_ring(about.contact),
        "answered": questions.answered(about.contact, at=at),
        "said_by": words.said_by(about.contact, at=at),
        "name": banners.name_of(person),
        "chip": _chip(case, at=at),
        "holds": holder_line.holds(case.record.holds),
        "state": words.STATES[referral.state],
        "handovers": case.record.handovers,
        "asked": case.offer or words.asked_of_us(case.record),
        "owed": [(one, clocks.promise_chip(one.promise, at=at)) for one in case.record.owed],
        "needs": lambda codes: code_words.all_words_of("needs", codes, at=at),
        "code": lambda name, value: code_words.words_of(name, value, at=at),
        "sources": words.urgency_sources(at=at),
        "guided": guided.of(case, at=at),
        "may_read_guidance": access.may_do(request.viewer, "guidance.read", at=at),
        "could_respond": words.could_respond(case, queue=queue, at=at) if not case.offer else [],
        "decided_by": words.decided_by(about, at=at),
        "since": changed.since(case.changes, received_at=referral.received_at, at=at),
        "changed": changed.lines(case.changes, referral_id=referral.id, at=at),
        "is_answer": isinstance(form, forms.Answer),
        "advice": advice or _advice(case, form, request=request),
        "advised_anew": advice is not None,
        "keys": words.KEYS,
        "queue": queue,
        "queues": words.QUEUES,
        "counts": inbox.counts,
        "rows": rows,
        "next": inbox.next,
        "after": place,
        "focus": settled and conflict is None,
        "is_listed": any(one.is_open for one in rows),
        "states": words.STATES,
        "wording": says,
    }
    return answers.page(request, "triage/decide.jinja", context, status=status)


def _banner(case: Case, *, at: datetime) -> object:
    person = case.record.about.person
    if person is None:
        return None
    url = reverse("person", args=[person.id])
    safe = safe_to_ring.about(person)
    return banners.person_banner(person, safe=safe, at=at, same_name=case.record.about.has_twin, url=url)


def _chip(case: Case, *, at: datetime) -> object:
    if case.offer is not None:
        return clocks.offer_chip(case.offer.handover, at=at)
    return clocks.referral_chip(case.record.about.referral, at=at)


def _advice(case: Case, form: django_forms.Form, *, request: HttpRequest) -> Advice | None:
    if case.offer is not None or case.why_not:
        return None
    chosen = form["needs"].value() if form.is_bound and "needs" in form.fields else None
    needs = tuple(chosen or case.record.about.referral.needs)
    return specialists.advice(case, needs, viewer=request.viewer, at=request.at)


def queue_of(request: HttpRequest) -> str:
    """The queue the address names, or the one of all."""
    return screen.queue_of(request.GET)
