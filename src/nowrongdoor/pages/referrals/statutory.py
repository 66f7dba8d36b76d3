"""What the law gives a time for a person: its screen, and how it begins, is extended and ends."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import statutory
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded
from nowrongdoor.nhsuk.happened import Happened
from nowrongdoor.pages.referrals import statutory_forms as forms
from nowrongdoor.pages.referrals import statutory_wording as wording
from nowrongdoor.pages.referrals.wording import banner
from nowrongdoor.reading import referral_record, statutory_lines
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What runs on this referral, and what begins."""
    form = drafts.form(request, forms.Begin, at=request.at, initial={"clock_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                statutory.begin(
                    clock_id=typed["clock_id"],
                    referral_id=referral_id,
                    kind=typed["kind"],
                    words=typed["words"],
                    started_at=form.happened_at(),
                    by=request.viewer,
                    at=request.at,
                )
            except AlreadyRecorded:
                if _as_recorded(form, request, referral_id):
                    drafts.sent(request)
                    answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
                    return redirect("referral_statutory", referral_id)
                status = 409
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, "The clock runs", "Only somebody’s act ends it.")
                return redirect("referral_statutory", referral_id)
    record = referral_record.of(referral_id, seen=request.seen)
    lines = statutory_lines.of(referral_id, seen=request.seen)
    context = {
        "form": form,
        "referral": record.about.referral,
        "banner": banner(record, at=request.at),
        "clocks": [wording.line(one, at=request.at) for one in lines],
        "why_not_now": record.why_not.get("statutory", ""),
        "rules": wording.rules(at=request.at),
    }
    return answers.page(request, "referrals/statutory.jinja", context, status=status)


def _as_recorded(form: forms.Begin, request: HttpRequest, referral_id: UUID) -> bool:
    """The clock this form began says what it says now; otherwise the form says that it does not."""
    typed, key = form.cleaned_data, form.cleaned_data["clock_id"]
    lines = statutory_lines.of(referral_id, seen=request.seen)
    stands = next((one.clock for one in lines if one.clock.id == key), None)
    said = {"kind": typed["kind"], "words": typed["words"]}
    if stands is not None:
        # Without a time it began when it was recorded.
        said["started_at"] = form.happened_at() or stands.recorded_at
    if recorded.as_sent(said, stands):
        return True
    what = "A clock was already begun from this page"
    recorded.otherwise(form, what=what, then="open the page again to begin another.")
    return False


@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, clock_id: UUID) -> HttpResponse:
    """The practitioner responsible lets a detention go on, because of the person’s condition."""

    def act(form: forms.Extend) -> None:
        typed = form.cleaned_data
        statutory.extend(
            clock_id=clock_id,
            reason=typed["reason"],
            doctor=typed["doctor"],
            words=typed["words"],
            hours=form.hours(),
            decided_at=form.happened_at(),
            by=request.viewer,
            at=request.at,
            seen=typed["seen"],
        )

    return _changed(request, clock_id, forms.Extend, act, "extend", "Extended", "It now runs until then.")


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, clock_id: UUID) -> HttpResponse:
    """It is over, and this is how."""

    def act(form: forms.End) -> None:
        typed = form.cleaned_data
        statutory.end(
            clock_id=clock_id,
            outcome=typed["outcome"],
            words=typed["words"],
            ended_at=form.happened_at(),
            by=request.viewer,
            at=request.at,
            seen=typed["seen"],
        )

    return _changed(request, clock_id, forms.End, act, "end", "Ended", "Its clock has stopped.")


def _changed(
    request: HttpRequest,
    clock_id: UUID,
    of: type[Happened],
    act: Callable[..., None],
    verb: str,
    done: str,
    words: str,
) -> HttpResponse:
    """A form that changes one clock; whoever was first is named, and what was typed stays."""
    one = statutory_lines.one(clock_id, seen=request.seen)
    form = drafts.form(request, of, clock=one.clock, at=request.at, initial={"seen": one.clock.version})
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form)
            except ChangedMeanwhile as refusal:
                status, one = 409, statutory_lines.one(clock_id, seen=request.seen)
                hidden.sees(form, one.clock.version)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, done, words)
                return redirect("referral_statutory", one.clock.referral_id)
    context = {
        "form": form,
        "one": wording.line(one, at=request.at),
        "banner": banner(referral_record.of(one.clock.referral_id, seen=request.seen), at=request.at),
        "conflict": conflict,
        "problem": conflict is not None,
        "no_reasons": wording.no_reasons(at=request.at),
        "most": wording.most(one.clock),
    }
    return answers.page(request, f"referrals/statutory_{verb}.jinja", context, status=status)
