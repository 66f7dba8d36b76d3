"""A disagreement with the police is reviewed at bronze, silver or gold; and all that wait for it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import police
from nowrongdoor.nhsuk import answers, code_words, drafts, wording
from nowrongdoor.nhsuk.fields import Choice, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, RowKey
from nowrongdoor.pages.referrals import police_wording
from nowrongdoor.pages.referrals.wording import banner
from nowrongdoor.reading import police_lines, police_reviews, referral_record
from nowrongdoor.reading.police_lines import PoliceLine
from nowrongdoor.reading.police_reviews import ReviewedLine, WaitingLine
from nowrongdoor.rules import police_review
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.law import forces
from nowrongdoor.rules.police_review import Found, Waits

ONE = "review"  # of the address of the list: which one is reviewed from there
POLICE = "police decision"
NOT_THEIRS = "One that your agency owes, of a record that is not open to you"
NOT_LOOKED_AT = (
    "Your agency owes this review. It shows and opens nobody’s record: what was said then, those who were "
    "there tell."
)


class Review(forms.Form):
    """What was learned, and what follows."""

    review_id = NewKey()
    decision_id = RowKey(missing="Open this page again: what it was about is not here any more.")
    level = forms.CharField(required=False)
    took_part = PlainText(label="Who of the police took part?", max_length=200)
    learned = Words(label="What was learned?", max_length=5_000)
    finding = Choice(label="What follows?", what="what follows")
    change = Words(label="What changes?", max_length=5_000)
    change_by = PlainText(label="Who sees to it?", max_length=200)
    change_on = DateParts(label="By which day?")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["finding"].choices = code_words.choices("police_review_findings", at=at)

    def found(self) -> Found:
        typed = self.cleaned_data
        names = ("took_part", "learned", "finding", "change", "change_by", "change_on")
        return Found(**{name: typed[name] for name in names})


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The disagreement that has waited longest, both views, what was found before, and the form."""
    lines = police_lines.of(referral_id, seen=request.seen)
    reviews = police_reviews.of(referral_id, seen=request.seen)
    line, stands = _waiting(lines, reviews, at=request.at)
    if line is None or stands is None:
        answers.note(request, "No disagreement waits for a review", "What was found before stands below.")
        return redirect("referral_police", referral_id)
    one = line.decision
    new = {"review_id": uuid4(), "decision_id": one.id, "level": stands.level}
    form, status = drafts.form(request, Review, at=request.at, initial=new), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                police.review(
                    review_id=form.cleaned_data["review_id"],
                    decision_id=form.cleaned_data["decision_id"],
                    level=form.cleaned_data["level"],
                    found=form.found(),
                    by=request.viewer,
                    at=request.at,
                    seen=one.version,
                )
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, "The review is on record", "Whoever looks at this later reads it too.")
                return redirect("referral_police", referral_id)
    record = referral_record.of(referral_id, seen=request.seen)
    context = {
        "form": form,
        "one": police_wording.line(line, is_last=True, why_not={"police": "below"}, at=request.at),
        "referral": record.about.referral,
        "banner": banner(record, at=request.at),
        "level": code_words.words_of("police_review_levels", stands.level, at=request.at),
        "stands": _stands(stands, at=request.at),
        "before": [reviewed(each, at=request.at) for each in reviews.get(one.id, ())],
    }
    return answers.page(request, "referrals/police_review.jinja", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """
    Every disagreement that waits, and what earlier reviews said changes. Nobody is shown. With `?review=` one
    that this agency owes is reviewed from here, also by whoever may not look at the record any more.
    """
    if ONE in request.GET:
        return _owed(request, request.GET[ONE])
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    found = police_reviews.listed(viewer=request.viewer, at=request.at)
    context = {
        "waiting": [_row(one, at=request.at) for one in found.waiting],
        "changes": [
            {
                "change": one.change,
                "by": one.change_by,
                "on": wording.local_date(one.change_on),
                "level": code_words.mid_sentence(one.level).capitalize(),
                "force": forces.labels().get(one.force, "Force not known"),
            }
            for one in found.changes
        ],
        "more": found.more,
    }
    return answers.page(request, "referrals/police_reviews.jinja", context)


def _owed(request: HttpRequest, key: str) -> HttpResponse:
    """A review of one that the agency owes, of nobody. Raises `Missing` for any other."""
    decision_id = _key(key)
    one = police_reviews.owed(decision_id, viewer=request.viewer, at=request.at)
    new = {"review_id": uuid4(), "decision_id": decision_id, "level": one.waits.level}
    form, status = drafts.form(request, Review, at=request.at, initial=new), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                police.review(
                    review_id=form.cleaned_data["review_id"],
                    decision_id=decision_id,
                    level=form.cleaned_data["level"],
                    found=form.found(),
                    by=request.viewer,
                    at=request.at,
                    seen=one.version,
                )
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, "The review is on record", "Whoever looks at this later reads it too.")
                return redirect("police_reviews")
    context = {
        "form": form,
        "one": None, "banner": None, "before": (),
        "level": code_words.words_of("police_review_levels", one.waits.level, at=request.at),
        "stands": f"{_stands(one.waits, at=request.at)} {NOT_LOOKED_AT}",
    }
    return answers.page(request, "referrals/police_review.jinja", context, status=status)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing(POLICE) from None


def reviewed(line: ReviewedLine, *, at: datetime) -> dict[str, str]:
    """What one review found, in words."""
    one = line.review
    finding = code_words.words_of("police_review_findings", one.finding, at=at)
    changes = ""
    if one.change_on is not None:
        what = f"{one.change} " if one.change else ""
        changes = f"{what}({one.change_by}, by {wording.local_date(one.change_on)})"
    return {
        "title": f"Reviewed at {one.level}: {code_words.mid_sentence(finding)}",
        "learned": one.learned,
        "changes": changes,
        "when": f"{wording.local_when(one.reviewed_at, at=at)}, recorded by {line.reviewed_by}"
        + (f"; of the police: {one.took_part}" if one.took_part else ""),
    }


def _waiting(
    lines: tuple[PoliceLine, ...], reviews: dict[UUID, tuple[ReviewedLine, ...]], *, at: datetime
) -> tuple[PoliceLine | None, Waits | None]:
    for line in reversed(lines):
        disputed_at = line.decision.disputed_at
        if disputed_at is not None:
            before = [one.review for one in reviews.get(line.decision.id, ())]
            stands = police_review.waits(disputed_at, before, at=at)
            if stands is not None:
                return line, stands
    return None, None


def _stands(waits: Waits, *, at: datetime) -> str:
    climbed = "It climbed here, for nobody reviewed it in time. " if waits.has_climbed else ""
    when = wording.local_when(waits.due_at, at=at)
    return f"{climbed}{'It was due' if waits.is_late else 'It is due'} {when}."


def _row(one: WaitingLine, *, at: datetime) -> dict[str, object]:
    category = code_words.words_of("police_categories", one.category, at=at) if one.category else "Not known"
    what = f"{forces.labels().get(one.force, 'Force not known')}: {code_words.mid_sentence(category)}"
    if one.referral_id is None:
        what, url = NOT_THEIRS, f"{reverse('police_reviews')}?{ONE}={one.decision_id}"
    else:
        url = reverse("referral_police_review", args=[one.referral_id])
    return {
        "when": wording.local_when(one.disputed_at, at=at),
        "what": what,
        "level": one.waits.level.capitalize(),
        "stands": _stands(one.waits, at=at),
        "is_late": one.waits.is_late,
        "team": one.team or ("Closed" if one.referral_id else ""),
        "url": url,
    }
