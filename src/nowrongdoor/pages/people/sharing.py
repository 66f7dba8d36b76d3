"""
Sharing and access: who may see this record and why, who looked; deciding, withdrawing and sealing. Whoever
may not see a sealed item does not learn of it here.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import seals, sharing
from nowrongdoor.nhsuk import answers, drafts, hidden, team_choices, wording
from nowrongdoor.pages.people import look_pages
from nowrongdoor.pages.people import sharing_forms as forms
from nowrongdoor.pages.people import sharing_wording as words
from nowrongdoor.pages.people.framing import frame
from nowrongdoor.reading import (
    kept_safe,
    looks_of_person,
    open_teams,
    person_record,
    seal_lines,
    sharing_record,
)
from nowrongdoor.reading.sharing_record import DecisionLine
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Missing, Refused
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.sealing import MAY_SEAL

MOST_PRINTED = 500
ACTS = ("sharing.decide", "sharing.override", "sharing.withdraw", "seal.put", "seal.lift", "looks.read")


@require_GET
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who may see what and why, the decisions that stand, seals, openings, agreements; who looked."""
    if not request.seen.sight.shows(Element.ACCESS):
        return answers.not_for_your_role(request)
    record = sharing_record.of(person_id, seen=request.seen)
    may = {act for act in ACTS if access.may_do(request.viewer, act, at=request.at)}
    looks = (
        looks_of_person.of(person_id, seen=request.seen, before=look_pages.bookmark(request))
        if "looks.read" in may
        else None
    )
    at, here = request.at, reverse("person_sharing", args=[person_id])
    context = {
        **frame(request, record.person, record.has_twin, here="sharing"),
        "may": may,
        "teams": [words.team(one, at=at) for one in record.teams],
        "decisions": [_decision(one, person_id, may, at=at) for one in record.decisions],
        "past": [_decision(one, person_id, set(), at=at) for one in record.past],
        "seals": [
            words.seal(one, person_id=person_id, may_lift="seal.lift" in may, at=at) for one in record.seals
        ],
        "openings": [words.opening(one, at=at) for one in record.openings],
        "agreements": [words.agreed(one, at=at) for one in record.agreements],
        "looks": [words.look(one, at=at) for one in looks.lines] if looks else [],
        "next_url": look_pages.following(here, looks.next) if looks else "",
        "first_url": here if request.GET.get("before") else "",
    }
    return answers.page(request, "people/sharing.jinja", context)


@require_GET
def looks_printed(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who looked at your record: in plain words for the person, and on paper."""
    if not request.seen.sight.shows(Element.ACCESS):
        return answers.not_for_your_role(request)
    known, has_twin = person_record.known(person_id, seen=request.seen)
    found = looks_of_person.of(person_id, seen=request.seen, most=MOST_PRINTED)
    context = {
        **frame(request, known, has_twin, here=""),
        "looks": [words.look_for_person(one, at=request.at) for one in found.lines],
        "most": MOST_PRINTED if found.next else 0,
    }
    return answers.page(request, "people/looks.jinja", context)


@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Share with a team without handing the person over."""
    form = drafts.form(
        request, forms.Share, at=request.at, teams=_teams(request), initial={"decision_id": uuid4()}
    )

    def act() -> None:
        typed = form.cleaned_data
        sharing.decide(
            decision_id=typed["decision_id"],
            person_id=person_id,
            to_team_id=form.to_team_id(),
            purpose=typed["purpose"],
            grounds=form.grounds(),
            by=request.viewer,
            at=request.at,
        )

    sealed = _sealed(request, person_id, is_override=False)
    told = ("Shared", sealed or "It stands until somebody withdraws it. It is in the timeline.")
    return _decide(request, person_id, form, "people/share.jinja", act, told, sealed=sealed)


@require_http_methods(["GET", "POST"])
def override(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Share without consent to keep someone safe: three answers, and somebody looks into it after."""
    form = drafts.form(
        request, forms.Override, at=request.at, teams=_teams(request), initial={"decision_id": uuid4()}
    )

    def act() -> bool:
        typed = form.cleaned_data
        sharing.override(
            decision_id=typed["decision_id"],
            person_id=person_id,
            to_team_id=form.to_team_id(),
            words=typed["words"],
            told=typed["told"],
            by=request.viewer,
            at=request.at,
        )
        return seal_lines.opens_nothing(person_id, to_team_id=form.to_team_id())

    sealed = _sealed(request, person_id, is_override=True)
    told = ("Shared to keep someone safe", f"{sealed} {words.LOOKED_INTO}".strip())
    reviewed = wording.duration(seeing.lasts("review_override", at=request.at))
    return _decide(
        request, person_id, form, "people/override.jinja", act, told, reviewed=reviewed, sealed=sealed
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """No longer shared: the view it opened closes at once."""
    line = sharing_record.decision(decision_id, seen=request.seen)
    form = drafts.form(request, forms.Withdraw, initial={"seen": line.decision.version})

    def act() -> None:
        if not line.shows_item:
            raise Refused(words.NOT_YOURS.format(team=line.by_team), code="referral_not_shown")
        sharing.withdraw(decision_id=decision_id, **form.cleaned_data, by=request.viewer, at=request.at)

    said = words.decision(line, person_id=person_id, may_withdraw=False, at=request.at)
    told = ("No longer shared", f"{line.to_team} cannot open what this let them see, from now.")
    return _end(request, person_id, form, "people/withdraw.jinja", act, told, decision=said)


@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Keep a referral, a contact or the whole record from all but those who take part in it."""
    items = [words.item(one, at=request.at) for one in sharing_record.may_seal(person_id, seen=request.seen)]
    if not request.seen.standing.is_restricted and request.seen.sight.relationship in MAY_SEAL:
        items.append((forms.WHOLE, words.WHOLE_RECORD))
    new, agencies = {"seal_id": uuid4()}, kept_safe.agencies()
    form = drafts.form(request, forms.Seal, at=request.at, items=items, agencies=agencies, initial=new)
    if request.method == "POST" and seal_lines.is_sealed(form["seal_id"].value(), seen=request.seen):
        return _already(request, person_id)

    def act() -> None:
        typed = form.cleaned_data
        about = form.about(person_id)
        seals.put(
            seal_id=typed["seal_id"],
            **about,
            why=typed["why"],
            words=typed["words"],
            against=kept_safe.whom(typed["against_agency"], typed["against_name"]),
            by=request.viewer,
            at=request.at,
        )

    told = ("Sealed", words.sealed(form.against()))
    return _decide(request, person_id, form, "people/seal.jinja", act, told, items=items)


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, person_id: UUID, seal_id: UUID) -> HttpResponse:
    """Others may see it again, as far as they could before."""
    line = seal_lines.seal(seal_id, seen=request.seen)
    form = drafts.form(request, forms.Lift, initial={"seen": line.seal.version})

    def act() -> None:
        seals.lift(seal_id=seal_id, **form.cleaned_data, by=request.viewer, at=request.at)

    said = words.seal(line, person_id=person_id, may_lift=False, at=request.at)
    told = ("Seal lifted", "Those with a tie to the person may see it again.")
    return _end(request, person_id, form, "people/lift.jinja", act, told, seal=said)


def _decide(
    request: HttpRequest,
    person_id: UUID,
    form: django_forms.Form,
    template: str,
    act: Callable[[], bool | None],
    told: tuple[str, str],
    **more: object,
) -> HttpResponse:
    """The form of something new; sent twice, it is recorded once. The act says whether it opens nothing."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                opens_nothing = act()
            except AlreadyRecorded:
                return _already(request, person_id)
            except Missing:
                form.add_error(None, words.NO_TEAM)
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, *(words.REACHES_NOBODY if opens_nothing else told))
                return redirect(_back(request, person_id))
    return _page(request, person_id, form, template, status=status, **more)


def _sealed(request: HttpRequest, person_id: UUID, *, is_override: bool) -> str:
    line = seal_lines.whole_seal(person_id, seen=request.seen)
    return words.holds_against(line, is_override=is_override)


def _already(request: HttpRequest, person_id: UUID) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
    return redirect(_back(request, person_id))


def _end(
    request: HttpRequest,
    person_id: UUID,
    form: django_forms.Form,
    template: str,
    act: Callable[[], None],
    told: tuple[str, str],
    **more: object,
) -> HttpResponse:
    """The form that ends something there is; a colleague may have been first."""
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except ChangedMeanwhile as refusal:
                status = answers.status_of(refusal)
                hidden.sees(form, refusal.found)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, *told)
                return redirect(_back(request, person_id))
    problem = {"conflict": conflict, "problem": conflict is not None}
    return _page(request, person_id, form, template, status=status, **problem, **more)


def _page(
    request: HttpRequest,
    person_id: UUID,
    form: django_forms.Form,
    template: str,
    *,
    status: int,
    **more: object,
) -> HttpResponse:
    known, has_twin = person_record.known(person_id, seen=request.seen)
    context = {
        **frame(request, known, has_twin, here=""),
        "form": form,
        "back": _back(request, person_id),
        "conflict": None,
        **more,
    }
    return answers.page(request, template, context, status=status)


def _back(request: HttpRequest, person_id: UUID) -> str:
    """The tab this came from, or the person's page for a role that has no such tab."""
    has_tab = request.seen.sight.shows(Element.ACCESS)
    return reverse("person_sharing" if has_tab else "person", args=[person_id])


def _decision(one: DecisionLine, person_id: UUID, may: set[str], *, at: datetime) -> dict[str, object]:
    return words.decision(one, person_id=person_id, may_withdraw="sharing.withdraw" in may, at=at)


def _teams(request: HttpRequest) -> team_choices.Grouped:
    return team_choices.grouped(open_teams.names(but_not=request.viewer.team_id))
