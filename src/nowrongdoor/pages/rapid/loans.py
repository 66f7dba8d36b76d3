"""Who is lent to this team and by it; a member is lent, lent on, and a loan ended."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import loans as journey
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded, team_choices
from nowrongdoor.pages.rapid import loan_forms, loan_wording
from nowrongdoor.reading import loans as reading
from nowrongdoor.rules import access
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Missing, Refused
from nowrongdoor.rules.law import seeing


@require_safe
def loans(request: HttpRequest) -> HttpResponse:
    """Lent to us, lent by us; what ends first stands first, and what should have ended says so."""
    viewer, at = request.viewer, request.at
    may_lend = access.may_do(viewer, "loan.lend", at=at)
    found = reading.of_team(viewer=viewer, at=at)
    context: dict[str, object] = {**loan_wording.parts(found, viewer=viewer, may_lend=may_lend, at=at)}
    return answers.page(request, "rapid/loans.jinja", context | {"may_lend": may_lend})


@require_http_methods(["GET", "POST"])
def lend(request: HttpRequest) -> HttpResponse:
    """A member of this team works for another as well, until a time; sent twice, they are lent once."""
    viewer, at = request.viewer, request.at
    asked = {
        "members": reading.members(viewer=viewer),
        "teams": team_choices.grouped(reading.teams(viewer=viewer, at=at)),
        "at": at,
    }
    first = {name: request.GET.get(name, "") for name in ("member", "team", "role")}
    form = drafts.form(request, loan_forms.Lend, **asked, initial={"membership_id": uuid4(), **first})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said, key = form.said(), form.cleaned_data["membership_id"]
            try:
                journey.lend(membership_id=key, **said, by=viewer, at=at)
            except AlreadyRecorded:
                if _as_sent(said, key):
                    return _done(request, "Recorded already", "It was sent twice, and is recorded once.")
                recorded.otherwise(form, what="Somebody was already lent", then="look at the list.")
                status = 409
            except Missing:
                form.add_error("team", "Choose one of the teams.")
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                told = "They choose that team when they sign in, and may sit in its crews."
                return _done(request, "Lent", told)
    context = {"form": form, "days": seeing.most("loan_days", at=at)}
    return answers.page(request, "rapid/loan_lend.jinja", context, status=status)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """They work for that team no more, for a reason; what they hold there by name stays with it."""
    viewer, at = request.viewer, request.at
    found = reading.one(membership_id, viewer=viewer, at=at)
    form = drafts.form(request, loan_forms.End, initial={"seen": found.loan.version})
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                journey.end(membership_id=membership_id, **form.cleaned_data, by=viewer, at=at)
            except ChangedMeanwhile as refusal:
                status = answers.status_of(refusal)
                hidden.sees(form, refusal.found)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                told = "What they held there by name stays with that team."
                return _done(request, "The loan has ended", told)
    context = {
        "form": form,
        "one": loan_wording.line(found, viewer=viewer, may_lend=False, at=at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "rapid/loan_end.jinja", context, status=status)


def _as_sent(said: dict[str, object], key: UUID) -> bool:
    """Whether this very loan is on record, sent again where the answer was lost."""
    asked = {
        "member_id": said["member_id"], "team_id": said["to_team_id"], "role": said["role"],
        "lent_until_at": said["until_at"],
    }  # fmt: skip
    return recorded.as_sent(asked, reading.recorded(key))


def _done(request: HttpRequest, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    return redirect("loans")
