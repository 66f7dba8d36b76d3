"""What was recorded since the person was last in touch, a line for each, in the words of a colleague."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from nowrongdoor.nhsuk import code_words, whom, wording
from nowrongdoor.reading.triage_changes import Changed, Changes
from nowrongdoor.rules.words import PromiseKind

Words = Callable[[dict[str, Any], str, datetime], tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """When, who, what, and what was said with it; `elsewhere` is the other referral it belongs to, if any."""

    when: str
    who: str
    what: str
    quote: str
    elsewhere: UUID | None


def since(changes: Changes, *, received_at: datetime, at: datetime) -> str:
    """From which instant it is told, named exactly."""
    if changes.contact_at is not None:
        when = wording.local_when(changes.contact_at, at=at)
        return f"Recorded since {when}, the last contact on record before this came in."
    when = wording.local_when(received_at, at=at)
    return f"No earlier contact is on record here, so: recorded since this came in, {when}."


def lines(changes: Changes, *, referral_id: UUID, at: datetime) -> list[Line]:
    """Latest first."""
    return [_line(one, referral_id=referral_id, at=at) for one in changes.told]


def _line(one: Changed, *, referral_id: UUID, at: datetime) -> Line:
    what, column = SAID[one.kind](one.became, one.team or "another team", at)
    # An entry that was erased still says that something was recorded, and no more.
    said = str(one.became.get(column) or "") if column else ""
    return Line(
        when=wording.local_when(one.recorded_at, at=at),
        who=", ".join(part for part in (one.by_name, one.by_team) if part),
        what=what,
        quote=whom.line(said),
        elsewhere=one.referral_id if one.referral_id != referral_id else None,
    )


def _plain(what: str, column: str = "") -> Words:
    return lambda became, team, at: (what, column)


def _contact(became: dict[str, Any], team: str, at: datetime) -> tuple[str, str]:
    channel = code_words.words_of("channels", became.get("channel") or "", at=at).lower()
    return f"took a contact by {channel}" if channel else "took a contact", "words"


def _referral(became: dict[str, Any], team: str, at: datetime) -> tuple[str, str]:
    needs = code_words.all_words_of("needs", tuple(became.get("needs") or ()), at=at)
    about = wording.listed(one.lower() for one in needs) or "a need not known yet"
    return f"took in another referral, for {about}", "request"


def _offered(became: dict[str, Any], team: str, at: datetime) -> tuple[str, str]:
    return f"asked {team} to take this on", "ask"


def _closed(became: dict[str, Any], team: str, at: datetime) -> tuple[str, str]:
    outcome = code_words.words_of("close_outcomes", became.get("outcome") or "", at=at).lower()
    return f"closed a referral – {outcome}" if outcome else "closed a referral", "told"


def _promised(became: dict[str, Any], team: str, at: datetime) -> tuple[str, str]:
    if became.get("kind") == PromiseKind.THE_PERSON:
        return "gave the person time", "words"
    asked_of = became.get("asked_of")
    return (f"asked {asked_of}" if asked_of else "promised something"), "words"


SAID: dict[str, Words] = {
    "contact.received": _contact,
    "contact.closed": _plain("closed a contact", "closing_words"),
    "referral.received": _referral,
    "referral.reopened": _plain("reopened a referral", "reopening_words"),
    "referral.begun": _plain("recorded that help has begun"),
    "referral.answered": _plain("recorded the answer that was waited for"),
    "referral.closed": _closed,
    "triage.accepted": _plain("decided that their own team responds", "triage_words"),
    "triage.advised": _plain("gave advice and closed a referral", "told"),
    "triage.duplicate": _plain("closed a referral as the same as another", "told"),
    "handover.offered": _offered,
    "handover.accepted": _plain("accepted the handover, and read back", "read_back"),
    "handover.returned": _plain("declined, and named who is asked next", "reason_words"),
    "handover.withdrawn": _plain("took an offer back", "reason_words"),
    "promise.made": _promised,
    "promise.kept": _plain("did what was promised", "ending_words"),
    "promise.let_go": _plain("decided that something is no longer owed", "ending_words"),
    "promise.escalated": _plain("raised a late promise"),
}
