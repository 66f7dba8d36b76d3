"""After a decision with the police: something new is said, they saw somebody, or we do not agree."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import police
from nowrongdoor.nhsuk import answers, drafts, hidden
from nowrongdoor.pages.referrals import police_forms as forms
from nowrongdoor.pages.referrals import police_wording as wording
from nowrongdoor.pages.referrals.wording import banner
from nowrongdoor.reading import police_lines, referral_record
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from nowrongdoor.rules.police_decision import PoliceDecision


@require_http_methods(["GET", "POST"])
def learn(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Something new was said: it is asked anew, and a closed referral is taken up again."""

    def act(form: Any, _: PoliceDecision) -> None:
        typed = form.cleaned_data
        police.learn(
            decision_id=typed["decision_id"],
            holding_id=typed["holding_id"],
            referral_id=referral_id,
            fact=typed["fact"],
            answers=form.answers(),
            follows_id=typed["follows_id"],
            by=request.viewer,
            at=request.at,
        )

    last = _last(request, referral_id)
    if last is None:
        return _first(request, referral_id)
    new = {"decision_id": uuid4(), "holding_id": uuid4()}
    form = drafts.form(request, forms.Learn, before=last.decision, at=request.at, initial=new)
    told = ("It is asked anew", "Tell police and ambulance now, then record what they answer.")
    return _changed(request, referral_id, last, form, act, "fact", told)


@require_http_methods(["GET", "POST"])
def saw(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What the police could confirm. It ends nothing."""

    def act(form: Any, one: PoliceDecision) -> None:
        typed = form.cleaned_data
        police.see(
            decision_id=one.id,
            seen_as=typed["seen_as"],
            words=typed["words"],
            seen_at=form.happened_at(),
            by=request.viewer,
            at=request.at,
            seen=typed["seen"],
        )

    last = _last(request, referral_id)
    if last is None:
        return _first(request, referral_id)
    form = drafts.form(request, forms.Saw, at=request.at, initial={"seen": last.decision.version})
    return _changed(
        request, referral_id, last, form, act, "saw", ("Recorded", "What is owed to them stays owed.")
    )


@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """We and the police do not agree: both views, and who settles it."""

    def act(form: Any, one: PoliceDecision) -> None:
        typed = form.cleaned_data
        said = {name: typed[name] for name in ("our_view", "police_view", "our_rank", "police_rank")}
        police.dispute(decision_id=one.id, **said, by=request.viewer, at=request.at, seen=typed["seen"])

    last = _last(request, referral_id)
    if last is None:
        return _first(request, referral_id)
    form = drafts.form(request, forms.Dispute, at=request.at, initial={"seen": last.decision.version})
    told = ("Both views are on record", "Whoever is on call hears of it now.")
    return _changed(request, referral_id, last, form, act, "dispute", told)


def _last(request: HttpRequest, referral_id: UUID) -> police_lines.PoliceLine | None:
    """The decision that stands; none where nothing was decided with the police."""
    found = police_lines.of(referral_id, seen=request.seen)
    return found[0] if found else None


def _first(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What comes after a decision begins with one."""
    answers.note(request, "Nothing was decided with the police yet", "Record first what they answered.")
    return redirect("referral_police", referral_id)


def _changed(
    request: HttpRequest,
    referral_id: UUID,
    last: police_lines.PoliceLine,
    form: django_forms.Form,
    act: Callable[[Any, PoliceDecision], None],
    page: str,
    told: tuple[str, str],
) -> HttpResponse:
    """A form about the decision that stands; whoever was first is named, and what was typed stays."""
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form, last.decision)
            except ChangedMeanwhile as refusal:
                status, last = 409, _last(request, referral_id) or last
                hidden.sees(form, last.decision.version)
                conflict = answers.conflict(request, refusal)
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, *told)
                return redirect("referral_police", referral_id)
    record = referral_record.of(referral_id, seen=request.seen)
    context = {
        "form": form,
        "one": wording.line(last, is_last=True, why_not={"police": "below"}, at=request.at),
        "referral": record.about.referral,
        "banner": banner(record, at=request.at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, f"referrals/police_{page}.jinja", context, status=status)
