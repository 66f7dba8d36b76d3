"""Pairs of records that may be one person's: the list, both side by side, and the three decisions."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from nowrongdoor.journeys import merges
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, hidden
from nowrongdoor.pages.duplicates import forms, wording
from nowrongdoor.reading import duplicates
from nowrongdoor.reading.duplicates import COMPARING, PairLine, PairRecord
from nowrongdoor.rules import access
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from nowrongdoor.rules.merging import MERGED, PROPOSED


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the likeliest first, and what was decided last."""
    at = request.at
    waiting, count = duplicates.waiting()
    decided = duplicates.decided()
    answers.lists(request, _looked([*waiting, *decided]))
    context = {
        "waiting": [wording.line(one, at=at) for one in waiting],
        "count": count,
        "decided": [wording.line(one, at=at) for one in decided],
    }
    return answers.page(request, "duplicates/home.jinja", context)


@require_GET
def pair(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """Two records side by side."""
    return _show(request, duplicates.of(merge_id, viewer=request.viewer, at=request.at))


@require_POST
def merge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """They are one person's."""
    record = duplicates.of(merge_id, viewer=request.viewer, at=request.at)
    form = forms.Together(request.POST, sides=wording.sides(record), prefix="together")
    if not form.is_valid():
        return _show(request, record, together=form, status=422)
    typed = form.cleaned_data
    return _decided(
        request,
        record,
        lambda: merges.merge(
            merge_id=merge_id, stays_id=UUID(typed["stays"]), words=typed["words"], seen=typed["seen"],
            by=request.viewer, at=request.at,
        ),
        form,
        "together",
        ("Merged", "One record is read through the other from now on. It can be undone."),
    )  # fmt: skip


@require_POST
def apart(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """They are two people."""
    said = ("Two people", "Nobody is asked about these two records again.")
    return _parted(request, merge_id, merges.keep_apart, said)


@require_POST
def unmerge(request: HttpRequest, merge_id: UUID) -> HttpResponse:
    """They are two people after all."""
    return _parted(request, merge_id, merges.unmerge, ("Merge undone", "Each record is what it was before."))


def _parted(
    request: HttpRequest, merge_id: UUID, act: Callable[..., None], said: tuple[str, str]
) -> HttpResponse:
    record = duplicates.of(merge_id, viewer=request.viewer, at=request.at)
    form = forms.Apart(request.POST, prefix="parted")
    if not form.is_valid():
        return _show(request, record, parted=form, status=422)
    typed = form.cleaned_data
    return _decided(
        request,
        record,
        lambda: act(merge_id=merge_id, **typed, by=request.viewer, at=request.at),
        form,
        "parted",
        said,
    )


def _decided(
    request: HttpRequest,
    record: PairRecord,
    act: Callable[[], None],
    form: django_forms.Form,
    which: str,
    said: tuple[str, str],
) -> HttpResponse:
    try:
        act()
    except ChangedMeanwhile as refusal:
        record = duplicates.of(record.known.id, viewer=request.viewer, at=request.at)
        hidden.sees(form, record.known.version)
        conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
        return _show(request, record, status=409, conflict=conflict, **{which: form})
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _show(request, record, status=answers.status_of(refusal), **{which: form})
    answers.note(request, *said)
    if access.may_do(request.viewer, "duplicates.read", at=request.at):
        return redirect("duplicates")
    return redirect("duplicate", record.known.id)


def _show(
    request: HttpRequest,
    record: PairRecord,
    *,
    together: django_forms.Form | None = None,
    parted: django_forms.Form | None = None,
    status: int = 200,
    conflict: Any = None,
) -> HttpResponse:
    at, known = request.at, record.known
    answers.lists(
        request,
        [
            Seen(
                one.person.id,
                elements=tuple(sorted(one.sight.elements)),
                relationship=one.sight.relationship if one.sight.relationship != "none" else COMPARING,
            )
            for one in (record.one, record.other)
            if one is not None
        ],
    )
    seen = {"seen": known.version}
    merging = together or forms.Together(initial=seen, sides=wording.sides(record), prefix="together")
    sees_both = record.one is not None and record.other is not None
    may_decide = access.may_do(request.viewer, "merge.decide", at=at)
    context = {
        "known": known,
        "state": wording.STATES[known.state],
        "rows": wording.rows(record, at=at),
        "likely": wording.likely(known.bits, at=at),
        "story": wording.story(record, at=at),
        "stands": wording.stands(record),
        "together": merging,
        "parted": parted or forms.Apart(initial=seen, prefix="parted"),
        "may_merge": may_decide and sees_both and known.state != MERGED,
        "may_keep_apart": may_decide and known.state == PROPOSED,
        "may_unmerge": known.state == MERGED and access.may_do(request.viewer, "merge.undo", at=at),
        "lists_url": reverse("duplicates") if access.may_do(request.viewer, "duplicates.read", at=at) else "",
        "conflict": conflict,
        "form": parted or merging,
    }
    return answers.page(request, "duplicates/pair.jinja", context, status=status)


def _looked(lines: Iterable[PairLine]) -> list[Seen]:
    keys = {key: None for one in lines for key in (one.known.one_id, one.known.other_id)}
    return [Seen(key, elements=("identity",), relationship=COMPARING) for key in keys]
