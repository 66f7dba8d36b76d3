"""What waits for a second reader, in words: shown beside what is owed, and never as an instruction."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import clocks
from nowrongdoor.pages.people import wording
from nowrongdoor.reading.owed import Owed
from nowrongdoor.rules import access
from nowrongdoor.rules.words import PromiseKind

ACT = "second_reading.answer"


def parted(owed: Sequence[Owed], *, viewer: Viewer, at: datetime) -> dict[str, list[dict[str, object]]]:
    """What is owed, and apart from it what somebody else has still to read."""
    waits = [one for one in owed if one.promise.kind == PromiseKind.SECOND_READING]
    return {
        "owed": [wording.owed(one, viewer=viewer, at=at) for one in owed if one not in waits],
        "waits": [_line(one, viewer=viewer, at=at) for one in waits],
    }


def _line(one: Owed, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    is_writer = one.promise.written_by_id == viewer.member_id
    may_read = not is_writer and access.may_do(viewer, ACT, at=at)
    return {
        "words": one.promise.held_words,
        "where": one.promise.held_from,
        "who": f"{one.written_by}, {one.team_name}" if one.written_by else one.team_name,
        "chip": clocks.promise_chip(one.promise, at=at),
        "url": reverse("second_reading", args=[one.promise.id]) if may_read else "",
        "is_writer": is_writer,
    }
