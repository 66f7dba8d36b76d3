"""Entries of partners' registers: the list, one beside the record it is like, and the three decisions."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from nowrongdoor.journeys import registers as journeys
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, hidden
from nowrongdoor.pages.duplicates import entries, forms
from nowrongdoor.reading import registers as reading
from nowrongdoor.reading.duplicates import COMPARING
from nowrongdoor.reading.registers import EntryLine, EntryRecord
from nowrongdoor.rules import access
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from nowrongdoor.rules.register import LINKED, PROPOSED


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the likeliest first, and what was decided last."""
    at = request.at
    waiting, count = reading.waiting()
    decided = reading.decided()
    answers.lists(request, _looked([*waiting, *decided]))
    context = {
        "waiting": [entries.line(one, at=at) for one in waiting],
        "count": count,
        "decided": [entries.line(one, at=at) for one in decided],
    }
    return answers.page(request, "duplicates/registers.jinja", context)


@require_GET
def entry(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """An entry beside the record it is like."""
    return _show(request, reading.of(link_id, viewer=request.viewer, at=request.at))


@require_POST
def link(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """The entry is this person's."""
    said = ("Linked", "The record is found by the partner's number too. It can be undone.")
    return _decided(request, link_id, forms.Linked, "linked", journeys.link, said)


@require_POST
def apart(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """They are two people."""
    said = ("Two people", "Nobody is asked about this entry and this record again.")
    return _decided(request, link_id, forms.Apart, "parted", journeys.keep_apart, said)


@require_POST
def unlink(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """They are two people after all."""
    said = ("Link undone", "The record has lost the number that the link gave it.")
    return _decided(request, link_id, forms.Apart, "parted", journeys.unlink, said)


def _decided(
    request: HttpRequest,
    link_id: UUID,
    kind: type[Any],
    which: str,
    act: Callable[..., None],
    said: tuple[str, str],
) -> HttpResponse:
    record = reading.of(link_id, viewer=request.viewer, at=request.at)
    form = kind(request.POST, prefix=which)
    if not form.is_valid():
        return _show(request, record, status=422, **{which: form})
    try:
        act(link_id=link_id, **form.cleaned_data, by=request.viewer, at=request.at)
    except ChangedMeanwhile as refusal:
        record = reading.of(link_id, viewer=request.viewer, at=request.at)
        hidden.sees(form, record.known.version)
        conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
        return _show(request, record, status=409, conflict=conflict, **{which: form})
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _show(request, record, status=answers.status_of(refusal), **{which: form})
    answers.note(request, *said)
    if access.may_do(request.viewer, "duplicates.read", at=request.at):
        return redirect("registers")
    return redirect("register_entry", link_id)


def _show(
    request: HttpRequest,
    record: EntryRecord,
    *,
    linked: Any = None,
    parted: Any = None,
    status: int = 200,
    conflict: Any = None,
) -> HttpResponse:
    at, known, sight = request.at, record.known, record.side.sight
    tie = sight.relationship if sight.relationship != "none" else COMPARING
    seen = Seen(known.person_id, elements=tuple(sorted(sight.elements)), relationship=tie)
    answers.lists(request, [seen])
    begun = {"seen": known.version}
    linking = linked or forms.Linked(initial=begun, prefix="linked")
    may_decide = access.may_do(request.viewer, "register.decide", at=at)
    may_undo = access.may_do(request.viewer, "register.undo", at=at)
    may_read = access.may_do(request.viewer, "duplicates.read", at=at)
    context = {
        "known": known,
        "whose": record.agency_name,
        "state": entries.STATES[known.state],
        "rows": entries.rows(record),
        "likely": entries.likely(known.bits, at=at),
        "story": entries.story(record),
        "linked": linking,
        "parted": parted or forms.Apart(initial=begun, prefix="parted"),
        "may_link": may_decide and known.state != LINKED,
        "may_keep_apart": may_decide and known.state == PROPOSED,
        "may_unlink": known.state == LINKED and may_undo,
        "lists_url": reverse("registers") if may_read else "",
        "conflict": conflict,
        "form": parted or linking,
    }
    return answers.page(request, "duplicates/entry.jinja", context, status=status)


def _looked(lines: Iterable[EntryLine]) -> list[Seen]:
    keys = {one.known.person_id: None for one in lines}
    return [Seen(key, elements=("identity",), relationship=COMPARING) for key in keys]
