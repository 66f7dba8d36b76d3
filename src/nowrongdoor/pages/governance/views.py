"""What is to be looked into, one review, and what agencies agreed."""

from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nowrongdoor.journeys import agreements, reviews
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, code_words, hidden, late_reviews
from nowrongdoor.nhsuk import wording as words
from nowrongdoor.pages.governance import forms, wording
from nowrongdoor.reading import every_agency, oversight, review_record
from nowrongdoor.reading.looks import REVIEWING
from nowrongdoor.reading.review_record import ReviewRecord
from nowrongdoor.rules import access
from nowrongdoor.rules import review as rule
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused
from nowrongdoor.rules.clock import local_date


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Reviews by when they are due, what was decided, and agreements that ran out at the top."""
    at = request.at
    duties = oversight.duties(viewer=request.viewer, on=local_date(at))
    shows_people = _shows_people(request)
    if shows_people:
        people = [one.review.person_id for one in (*duties.to_do, *duties.decided)]
        answers.lists(request, [Seen(key) for key in people if key is not None])
    agreed = [wording.agreed(one, at=at) for one in duties.agreements]
    context = {
        "to_do": [wording.line(one, shows_people=shows_people, at=at) for one in duties.to_do],
        "more": duties.more,
        "decided": [wording.line(one, shows_people=shows_people, at=at) for one in duties.decided],
        "agreements": agreed,
        "late": late_reviews.words(oversight.late(viewer=request.viewer, at=at)),
        "alarms": [one for one in agreed if one["is_alarm"]],
        "shows_people": shows_people,
        "may_audit": access.may_do(request.viewer, "looks.audit", at=at),
        "may_agree": access.may_do(request.viewer, "agreement.enter", at=at),
    }
    return answers.page(request, "governance/home.jinja", context)


@require_GET
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """What happened, what was looked at, and what is to be decided."""
    record = review_record.of(review_id, viewer=request.viewer)
    form = forms.Decide(at=request.at, initial={"seen": record.line.review.version})
    return _show(request, record, form)


@require_POST
def decide(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Say what was found."""
    record = review_record.of(review_id, viewer=request.viewer)
    form = forms.Decide(request.POST, at=request.at)
    if not form.is_valid():
        return _show(request, record, form, status=422)
    typed = form.cleaned_data
    try:
        reviews.decide(review_id=review_id, **typed, by=request.viewer, at=request.at)
    except ChangedMeanwhile as refusal:
        record = review_record.of(review_id, viewer=request.viewer)
        asked = record.line.review
        if asked.decided_by_id == request.viewer.member_id and _as_sent(asked, typed):
            return redirect("review", review_id)
        hidden.sees(form, asked.version)
        conflict = answers.conflict(request, refusal, yours=typed["words"])
        return _show(request, record, form, status=409, conflict=conflict)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _show(request, record, form, status=answers.status_of(refusal))
    answers.note(request, "Reviewed", "What you found is on record.")
    return redirect("governance")


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """Put an agreement on record."""
    form = forms.Agree(
        request.POST if request.method == "POST" else None,
        agencies=every_agency.names(),
        at=request.at,
        initial={"agreement_id": uuid4()},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                agreements.enter(facts=_agreement(form), by=request.viewer, at=request.at)
            except AlreadyRecorded:
                return redirect("governance")
            except Refused as refusal:
                answers.refused(request, form, refusal)
            else:
                answers.note(request, "Agreement on record")
                return redirect("governance")
    return answers.page(request, "governance/agree.jinja", {"form": form}, status=status)


def _agreement(form: forms.Agree) -> Agreement:
    typed = form.cleaned_data
    return Agreement(
        id=typed["agreement_id"],
        one_agency_id=UUID(typed["one"]),
        other_agency_id=UUID(typed["other"]),
        **{
            name: typed[name]
            for name in ("purpose", "what", "legal_basis", "from_on", "review_on", "until_on")
        },
    )


def _as_sent(asked: rule.Review, typed: dict[str, object]) -> bool:
    return (asked.outcome, asked.outcome_words) == (typed["outcome"], str(typed["words"]).strip())


def _shows_people(request: HttpRequest) -> bool:
    """Whoever may see who looked at a record is told whose it was; others read of members alone."""
    sees = access.sees(request.viewer, at=request.at)
    return sees is not None and Element.ACCESS in sees.elements


def _show(
    request: HttpRequest,
    record: ReviewRecord,
    form: forms.Decide,
    *,
    status: int = 200,
    conflict: object = None,
) -> HttpResponse:
    at, asked = request.at, record.line.review
    shows_people = _shows_people(request)
    if shows_people and asked.person_id is not None:
        about = [asked.person_id, *([record.other.id] if record.other else [])]
        answers.lists(
            request,
            [Seen(one, elements=("access", "identity"), relationship=REVIEWING) for one in about],
        )
    context = {
        "form": form,
        "line": wording.line(record.line, shows_people=shows_people, at=at),
        "review": asked if shows_people else replace(asked, words="", outcome_words=""),
        "facts": _facts(record, request, shows_people=shows_people),
        "looks": [wording.look(one, named=False, at=at) for one in record.looks],
        "more": record.more,
        "may_decide": asked.decided_at is None and access.may_do(request.viewer, "review.decide", at=at),
        "is_own": asked.member_id == request.viewer.member_id,
        "conflict": conflict,
        "problem": conflict is not None,
        "log_url": reverse("access_log") + f"?member={asked.member_id}",
    }
    return answers.page(request, "governance/review.jinja", context, status=status)


def _facts(record: ReviewRecord, request: HttpRequest, *, shows_people: bool) -> list[tuple[str, str]]:
    at, asked, opening, decision = request.at, record.line.review, record.opening, record.decision
    rows = [("Who", ", ".join(filter(None, (record.line.member_name, wording.agency(record.line)))))]
    if shows_people:
        rows.append(("Whose record", wording.person(record.line)))
    if record.other and shows_people:
        also = words.person_name(record.other.family_name, record.other.given_names)
        rows += [
            ("The other record with this number", also),
            ("NHS number on both", words.nhs_number(record.other.nhs_number or "")),
        ]
    if opening is not None:
        rows += [
            ("Reason", code_words.words_of("break_glass_reasons", opening.reason, at=at)),
            (
                "Open",
                f"{words.local_datetime(opening.opened_at)} to {words.local_datetime(opening.until_at)}",
            ),
            ("Purpose", code_words.words_of("purposes", opening.purpose, at=at)),
        ]
    if decision is not None:
        rows += [
            ("Shared", words.local_datetime(decision.decided_at)),
            ("Does the person know?", code_words.words_of("person_told", decision.told, at=at)),
        ]
    rows.append(("Asked for", words.local_datetime(asked.raised_at)))
    if asked.decided_at is not None:
        rows += [
            ("Reviewed", f"{words.local_datetime(asked.decided_at)} by {record.line.decided_by}"),
            ("Found", code_words.words_of("review_outcomes", asked.outcome, at=at)),
        ]
    return rows
