"""An offer as whoever has its link reads it, and the links of an offer as the giver does."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from nowrongdoor.nhsuk import message_words, numbers, wording
from nowrongdoor.nhsuk.numbers import Number
from nowrongdoor.pages.handovers import wording as handover_wording
from nowrongdoor.reading import safe_to_ring
from nowrongdoor.reading.answer_links import LinkLine
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.reading.link_holders import Led
from nowrongdoor.rules.message import Message
from nowrongdoor.rules.words import HandoverState

# What of the one-pager the giver did not write for the team that is asked is not read by a link.
NOT_BY_LINK = {"words": "", "answered": (), "grounds": (), "sharing_words": ""}


def offered(record: HandoverRecord, *, at: datetime) -> dict[str, Any]:
    """The package of the offer, how to reach the person, and nothing of their record besides."""
    page = handover_wording.page(record, at=at)
    files = [
        {**one, "url": "", "id": str(line.id)}
        for one, line in zip(handover_wording.files_to_save(record.files), record.files, strict=True)
    ]
    return {
        "message": {**page["message"], **NOT_BY_LINK, "files": files},  # type: ignore[dict-item]
        "files": files,
        "chip": page["chip"],
        "numbers": _numbers(record),
    }


def _numbers(record: HandoverRecord) -> list[tuple[str, Number]]:
    """Where the person can be rung, each with whether it is safe to: never one without the other."""
    person, contact = record.about.person, record.about.contact
    found = []
    if person is not None and person.phone:
        found.append(("Their number", numbers.of(person.phone, safe_to_ring.about(person))))
    if (given := numbers.to_ring(contact)) is not None and given.said not in {one.said for _, one in found}:
        found.append(("The number that was given", given))
    return found


def round_it(led: Led, *, at: datetime) -> dict[str, Any]:
    """What stands on every page of a link: for whom, from whom, until when, and whom to ring."""
    return {
        "led": led,
        "answer_by": wording.local_when(led.answer_by, at=at),
        "until": wording.local_when(led.link.until_at, at=at),
        "ring": numbers.dial(led.giver_phone),
    }


def over(led: Led, *, at: datetime) -> dict[str, str]:
    """What became of the offer: who answered it and when, and nothing of the person."""
    when = wording.local_when(led.answered_at or at, at=at)
    if led.state == HandoverState.ACCEPTED:
        return {
            "heading": f"{led.team_name} has accepted",
            "words": f"{led.answered_by} accepted {when}, and said what they will do. "
            f"{led.team_name} holds this person from then on, and {led.giver_team} has been told. "
            f"How it goes is written by the link that opened with it. If it was lost, ring {led.giver_team}.",
        }
    if led.state == HandoverState.RETURNED:
        return {
            "heading": f"{led.team_name} has said no",
            "words": f"{led.answered_by} said no {when}. {led.next_team} was asked in the same moment, and "
            f"{led.giver_team} goes on holding this person.",
        }
    return {
        "heading": "There is nothing for you to do",
        "words": f"{led.giver_team} took this back {when}, and holds this person.",
    }


def links(
    lines: Iterable[LinkLine], told: Mapping[UUID, Message], *, at: datetime
) -> list[dict[str, Any]]:
    """Each link of an offer: who made it, until when it opens, when and by whom it was opened, what came."""
    return [
        {
            "id": one.link.id,
            "what": "Go on, once accepted" if one.link.goes_on else "Answer the offer",
            "version": one.link.version,
            "opens": one.link.opens(at=at) and one.link.answered_at is None,
            "made": f"{one.made_by}, {wording.local_when(one.link.made_at, at=at)}",
            "until": wording.local_when(one.link.until_at, at=at),
            "opened": _opened(one, at=at),
            "came": _came(one, at=at),
            "sent": message_words.came_of(told[one.link.id], at=at) if one.link.id in told else "",
        }
        for one in lines
    ]


def _opened(one: LinkLine, *, at: datetime) -> str:
    link = one.link
    if link.last_received_at is None:
        return "Not opened yet"
    times = "once" if link.times == 1 else f"{link.times} times"
    devices = wording.plural(len(link.devices), "device")
    last = wording.local_when(link.last_received_at, at=at)
    return f"Opened {times} on {devices}, last by {one.last_received_by}, {last}"


def _came(one: LinkLine, *, at: datetime) -> str:
    link = one.link
    if link.answered_at is not None:
        took = wording.duration(link.effort) if link.effort else ""
        spent = f", {took} after it was opened" if took else ""
        return f"Answered by it {wording.local_when(link.answered_at, at=at)}{spent}"
    if link.withdrawn_at is not None:
        return f"Taken back by {one.withdrawn_by}, {wording.local_when(link.withdrawn_at, at=at)}"
    return "" if link.opens(at=at) else "Its time is over"


def usual(found: tuple[int, int] | None) -> str:
    """How long answering by link usually takes a team, from opening to answer."""
    if found is None:
        return ""
    count, seconds = found
    answers = wording.plural(count, "answer")
    return f"{answers} by link in the last 90 days; half of them took {seconds} seconds or less from opening."
