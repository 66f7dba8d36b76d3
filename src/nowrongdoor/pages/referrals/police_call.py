"""A call is taken about somebody whom no service may know, with what the police answer to it."""

from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import police
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded, team_choices
from nowrongdoor.pages.referrals import police_forms as forms
from nowrongdoor.pages.referrals import police_wording as wording
from nowrongdoor.pages.referrals.police import ADVISE
from nowrongdoor.reading import open_teams, police_lines, standing
from nowrongdoor.rules import police_advice
from nowrongdoor.rules.change import AlreadyRecorded, Refused

POLICE_TAKE_IT = (
    "Where the police do not attend, that stands once the team you ask accepts. Until then it is open, and "
    "somebody is told."
)
OURS_TAKE_IT = "Where the police do not attend, your team holds whoever it is about until another accepts."
OURS = "No other team – ours responds"
ROLE = "police_control"


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Look at what guidance advises, as often as one likes; then record call, team and answer in one act."""
    new = {
        "contact_id": hidden.of_address(request) or uuid4(),
        "safe_to_call": forms.NOT_ASKED,
        "reason": "",
    }
    form = drafts.form(request, forms.TakeIn, at=request.at, teams=_teams(request), initial=new)
    status, advice, known_url = 200, None, ""
    if request.method == "POST":
        if form.is_valid():
            try:
                advised = police_advice.of(form.known(), at=request.at)
                advice = wording.advice(advised, form.cleaned_data["category"], at=request.at)
                if ADVISE not in request.POST:
                    _record(request, form)
                    return _recorded(request, form)
            except AlreadyRecorded:
                if _as_sent(request, form):
                    return _recorded(request, form)
                status, known_url = 409, _goes_to(form)
                recorded.otherwise(
                    form, what="This call was recorded before", then="open it, and add there what is new."
                )
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
        else:
            status = 422
    context = {
        "form": form,
        "advice": advice,
        "known_url": known_url,
        "stands": POLICE_TAKE_IT if request.viewer.role == ROLE else OURS_TAKE_IT,
        "may_come_back": hidden.of_address(request) is not None,
    }
    return answers.page(request, "referrals/police_call.jinja", context, status=status)


def _record(request: HttpRequest, form: forms.TakeIn) -> None:
    key = form.cleaned_data["contact_id"]
    police.take_in(
        contact_id=key,
        said=form.said(),
        callback_id=uuid5(key, "callback"),
        happened_at=request.at,
        referral=form.referral(),
        offer=form.offer(),
        decision_id=uuid5(key, "police"),
        call=form.call(),
        by=request.viewer,
        at=request.at,
    )


def _recorded(request: HttpRequest, form: forms.TakeIn) -> HttpResponse:
    drafts.sent(request)
    asked = form.offer() is not None
    holds = "Your team holds them until the team you asked accepts." if asked else "Your team holds them."
    answers.note(request, "The call is on record", holds)
    return redirect(_goes_to(form))


def _goes_to(form: forms.TakeIn) -> str:
    return reverse("referral_police", args=[form.referral().referral_id])


def _as_sent(request: HttpRequest, form: forms.TakeIn) -> bool:
    """The very call of this form stands recorded, with the same answers: it was sent twice."""
    referral_id: UUID = form.referral().referral_id
    if not standing.may_know("referral", referral_id, viewer=request.viewer, at=request.at):
        return False
    key, call = uuid5(form.cleaned_data["contact_id"], "police"), form.call()
    seen = standing.of("referral", referral_id, viewer=request.viewer, at=request.at)
    lines = police_lines.of(referral_id, seen=seen)
    stands = next((one.decision for one in lines if one.decision.id == key), None)
    said = {name: getattr(call, name) for name in ("reason", "words", "going", "told", "log_reference")}
    said |= {"call_back_when": call.call_back_when}
    return stands is not None and recorded.as_sent(said, stands)


def _teams(request: HttpRequest) -> team_choices.Grouped:
    teams = open_teams.names(but_not=request.viewer.team_id)
    return team_choices.grouped(teams, empty=OURS)
