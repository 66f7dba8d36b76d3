"""The path somebody is on about whom the police may be asked, and its list: who sees to what, and how far."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import police_paths
from nowrongdoor.nhsuk import answers, code_words, drafts, hidden, recorded, wording
from nowrongdoor.nhsuk.fields import Choice, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, RowKey, Seen
from nowrongdoor.pages.referrals import statutory_wording
from nowrongdoor.pages.referrals.wording import banner
from nowrongdoor.reading import police_paths as reading
from nowrongdoor.reading import referral_record, statutory_lines
from nowrongdoor.reading.police_paths import PathLine
from nowrongdoor.reading.statutory_lines import StatutoryLine
from nowrongdoor.rules import police_path
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused
from nowrongdoor.rules.law import paths
from nowrongdoor.rules.law.paths import Checklist, Step
from nowrongdoor.rules.police_path import PolicePath, Said
from nowrongdoor.rules.statutory import StatutoryKind

# What the law gives a time on a path stands with its list.
BESIDE = {
    "s136": (StatutoryKind.PLACE_OF_SAFETY, StatutoryKind.S136_HANDOVER),
    "walk_out": (StatutoryKind.NURSE_HOLDING, StatutoryKind.DOCTOR_HOLDING),
}
NOT_THERE = "Open this page again: what it was about is not here any more."


class Choose(forms.Form):
    """Which path this is."""

    path_id = NewKey()
    path = Choice(label="Which path is this?", what="a path", required=True)
    words = Words(label="What was said?", max_length=5_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["path"].choices = [(one.path, one.label) for one in paths.standing(at=at).values()]


class List(forms.Form):
    """Each thing on the list: how far it is, who sees to it, what came of it."""

    path_id = RowKey(missing=NOT_THERE)
    seen = Seen()

    def __init__(self, *args: Any, one: PolicePath, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.steps = police_path.checklist(one).steps
        self.fields["path_id"].initial, self.fields["seen"].initial = one.id, one.version
        for step in self.steps:
            known = one.answers.get(step.code, {})
            far = Choice(label=step.words, choices=code_words.choices("path_answers", at=at))
            self.fields[step.code] = far
            self.fields[f"{step.code}_who"] = PlainText(label="Who sees to it?", max_length=200)
            self.fields[f"{step.code}_words"] = PlainText(label="What came of it?", max_length=500)
            far.initial = known.get("how_far", "")
            self.fields[f"{step.code}_who"].initial = known.get("who", "")
            self.fields[f"{step.code}_words"].initial = known.get("words", "")

    def rows(self) -> Iterator[tuple[Step, forms.BoundField, forms.BoundField, forms.BoundField]]:
        for step in self.steps:
            yield step, self[step.code], self[f"{step.code}_who"], self[f"{step.code}_words"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for step in self.steps:
            told = typed.get(f"{step.code}_who") or typed.get(f"{step.code}_words")
            if told and not typed.get(step.code) and step.code not in self.errors:
                self.add_error(step.code, "Say how far that is")
        return typed

    def said(self) -> dict[str, Said]:
        typed = self.cleaned_data
        return {
            step.code: Said(typed[step.code], typed[f"{step.code}_who"], typed[f"{step.code}_words"])
            for step in self.steps
            if typed.get(step.code)
        }


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The paths of a referral with their lists, and the choice of one more."""
    form = drafts.form(request, Choose, at=request.at, initial={"path_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                police_paths.begin(
                    path_id=typed["path_id"],
                    referral_id=referral_id,
                    path=typed["path"],
                    words=typed["words"],
                    by=request.viewer,
                    at=request.at,
                )
            except Refused as refusal:
                if isinstance(refusal, AlreadyRecorded) and _as_sent(request, referral_id, form):
                    return redirect("referral_path", referral_id)
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(
                    request, "The path is on record", "Its list keeps nobody from asking."
                )
                return redirect("referral_path", referral_id)
    return _page(request, referral_id, choose=form, status=status)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, referral_id: UUID, step_path: str) -> HttpResponse:
    """How far each thing on one list is."""
    line = next(
        (one for one in reading.of(referral_id, seen=request.seen) if one.path.path == step_path), None
    )
    if line is None:
        answers.note(request, "That path is not on record here", "Choose it first.")
        return redirect("referral_path", referral_id)
    form = drafts.form(request, List, one=line.path, at=request.at)
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                police_paths.answer(
                    path_id=line.path.id,
                    said=form.said(),
                    by=request.viewer,
                    at=request.at,
                    seen=form.cleaned_data["seen"],
                )
            except ChangedMeanwhile as refusal:
                status, conflict = 409, answers.conflict(request, refusal)
                hidden.sees(form, line.path.version)
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(request, "Recorded", "What is still open stands first.")
                return redirect("referral_path", referral_id)
    record = referral_record.of(referral_id, seen=request.seen)
    context = {
        "form": form,
        "list": _list(line, at=request.at),
        "referral": record.about.referral,
        "banner": banner(record, at=request.at),
        "conflict": conflict,
        "problem": conflict is not None,
    }
    return answers.page(request, "referrals/path_list.jinja", context, status=status)


def _page(request: HttpRequest, referral_id: UUID, *, choose: Choose, status: int) -> HttpResponse:
    record = referral_record.of(referral_id, seen=request.seen)
    lines = reading.of(referral_id, seen=request.seen)
    chosen = {one.path.path for one in lines}
    every = statutory_lines.of(referral_id, seen=request.seen)
    left = [one for one in choose.fields["path"].choices if one[0] not in chosen]
    choose.fields["path"].choices = left
    context = {
        "form": choose,
        "lists": [_list(one, at=request.at) for one in lines],
        "left": left,
        "referral": record.about.referral,
        "banner": banner(record, at=request.at),
        "beside": {path: _beside(every, kinds, at=request.at) for path, kinds in BESIDE.items()},
        "why_not_now": record.why_not.get("police", ""),
    }
    return answers.page(request, "referrals/paths.jinja", context, status=status)


def _beside(
    every: Sequence[StatutoryLine], kinds: Sequence[StatutoryKind], *, at: datetime
) -> dict[str, object]:
    """The clocks of these kinds, and which nobody has begun: a list without one looks calm."""
    begun = {one.clock.kind for one in every}
    return {
        "clocks": [statutory_wording.line(one, at=at) for one in every if one.clock.kind in kinds],
        "not_begun": [statutory_wording.NAMES[one] for one in kinds if one not in begun],
    }


def _list(line: PathLine, *, at: datetime) -> dict[str, object]:
    """One path in words: what is open first, and by whom each thing is seen to."""
    one, found = line.path, police_path.checklist(line.path)
    still = police_path.open_steps(one, at=at)
    return {
        "path": one.path,
        "label": found.label,
        "words": one.words,
        "when": f"{wording.local_when(one.chosen_at, at=at)}, chosen by {line.chosen_by}",
        "open": [_step(one, step, at=at) for step in found.steps if step.code in still],
        "done": [_step(one, step, at=at) for step in found.steps if step.code not in still],
        "sources": _sources(found),
    }


def _step(one: PolicePath, step: Step, *, at: datetime) -> dict[str, str]:
    said = one.answers.get(step.code, {})
    far = code_words.words_of("path_answers", said["how_far"], at=at) if said else "Nobody has said yet"
    when = f", {wording.local_when(datetime.fromisoformat(said['at']), at=at)}" if said else ""
    return {
        "words": step.words,
        "why": step.why,
        "far": f"{far}{when}",
        "who": said.get("who") or step.who,
        "said": said.get("words", ""),
    }


def _sources(found: Checklist) -> list[str]:
    names = {}
    for step in found.steps:
        checked = "" if step.provenance.verified else ", not checked"
        names[f"{step.provenance.source} ({step.provenance.source_date}{checked})"] = None
    return list(names)


def _as_sent(request: HttpRequest, referral_id: UUID, form: Choose) -> bool:
    typed = form.cleaned_data
    lines = reading.of(referral_id, seen=request.seen)
    stands = next((one.path for one in lines if one.path.id == typed["path_id"]), None)
    return recorded.as_sent({"path": typed["path"], "words": typed["words"]}, stands)
