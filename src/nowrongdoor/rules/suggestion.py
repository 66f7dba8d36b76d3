"""
Keeping the directory true: somebody suggests what an entry should say, its keeper answers, and says when they
have looked and it is still right.

An entry is kept by the agency that entered it. What came from a feed is kept by its publisher: nothing here
changes it, for the feed would say it anew; a suggestion about it is answered in words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, changed, moved, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.words import SuggestionState

SUGGESTED, APPROVED = SuggestionState.SUGGESTED, SuggestionState.APPROVED
TURNED_DOWN = SuggestionState.TURNED_DOWN
MOVES: Moves = {
    "suggest": {None: SUGGESTED},
    "approve": {SUGGESTED: APPROVED},
    "turn_down": {SUGGESTED: TURNED_DOWN},
}
REFUSALS: Refusals = {
    SUGGESTED: "This suggestion waits for its answer.",
    APPROVED: "This suggestion has already been approved.",
    TURNED_DOWN: "This suggestion has already been turned down.",
}
OTHER = "other"
COLUMNS = frozenset({"name", "summary", "hours", "phone"})
RECORDED = {"cost": "fees", "web": "url"}
# What is searched by: words that replace it leave it unknown, and never as it was.
OPENING = ("schedules", "nwd_day_and_night", "nwd_bank_holidays")
LONGEST = 2_000


@dataclass(frozen=True)
class Suggestion:
    """`part` is what of the entry should change, `says` what it should say, `why` how one knows."""

    id: UUID
    service_id: UUID
    part: str
    says: str
    why: str
    state: str
    suggested_at: datetime
    suggested_by_id: UUID
    answered_at: datetime | None = None
    answered_by_id: UUID | None = None
    answer: str = ""
    version: int = 0


def suggest(
    service: Service, *, suggestion_id: UUID, part: str, says: str, why: str, by: UUID, at: datetime
) -> Step:
    """Whoever knows better says what should change, and how they know."""
    law.code("entry_parts", part, at=at, field="part")
    need_words(says, field="says", ask="Write what it should say.")
    need_words(why, field="why", ask="Say how you know.")
    for name, text in (("says", says), ("why", why)):
        if len(text) > LONGEST:
            raise Refused(f"Keep this under {LONGEST:,} characters.", code=f"{name}_too_long", field=name)
    if part != OTHER and says.strip() == now_says(service, part):
        raise Refused("The entry says this already.", code="says_so_already", field="says")
    return began(
        "suggestion.suggested",
        Suggestion(
            id=suggestion_id,
            service_id=service.id,
            part=part,
            says=says.strip(),
            why=why.strip(),
            state=MOVES["suggest"][None],
            suggested_at=at,
            suggested_by_id=by,
        ),
    )


def approve(suggestion: Suggestion, *, service: Service, by: UUID, at: datetime) -> Steps:
    """The keeper agrees, and the entry says it from now on. What has no part of its own stays in words."""
    state = moved(MOVES, "approve", suggestion, refusals=REFUSALS)
    if service.feed:
        raise Refused(
            "A feed keeps this entry, and would change it back. Tell its publisher, and turn this down with "
            "what they say.",
            code="kept_by_a_feed",
        )
    agreed = changed(suggestion, "suggestion.approved", state=state, answered_at=at, answered_by_id=by)
    new = _new(service, suggestion)
    return (agreed, changed(service, "service.edited", **new)) if new else (agreed,)


def turn_down(suggestion: Suggestion, *, words: str, by: UUID, at: datetime) -> Step:
    """The keeper says no, and why: whoever suggested it can read it."""
    state = moved(MOVES, "turn_down", suggestion, refusals=REFUSALS)
    need_words(words, field="words", ask="Say why not, so that whoever suggested it knows.")
    return changed(
        suggestion,
        "suggestion.turned_down",
        state=state,
        answered_at=at,
        answered_by_id=by,
        answer=words.strip(),
    )


def confirm(service: Service, *, at: datetime) -> Step:
    """The keeper has looked, and it is still right: it counts as checked from today on."""
    if service.feed:
        raise Refused(
            "A feed keeps this entry: its publisher says when it was checked.", code="kept_by_a_feed"
        )
    record = {**service.record, "assured_date": local_date(at).isoformat()}
    return changed(service, "service.confirmed", record=record)


def need_keeper(service: Service, *, agency_id: UUID) -> None:
    """Only the agency that entered an entry keeps it; one of nobody here any keeper may answer for."""
    if service.agency_id not in (None, agency_id):
        raise Refused("Only the agency that entered this can answer for it.", code="another_keeper")


def now_says(service: Service, part: str) -> str:
    """What the entry says of that part today."""
    if part in COLUMNS:
        return str(getattr(service, part))
    return str(service.record.get(RECORDED.get(part, ""), ""))


def _new(service: Service, suggestion: Suggestion) -> dict[str, Any]:
    part, record = suggestion.part, dict(service.record)
    if part in RECORDED:
        return {"record": record | {RECORDED[part]: suggestion.says}}
    if part == "hours":
        kept = {name: value for name, value in record.items() if name not in OPENING}
        return {"hours": suggestion.says} | ({"record": kept} if kept != record else {})
    return {part: suggestion.says} if part in COLUMNS else {}
