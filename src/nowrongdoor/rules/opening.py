"""
Opening a record without a part in the person's care: by saying why, or by breaking the glass.

A *claim* is for whoever has the person, or someone for them, in front of them now: two identifiers and a
reason from the list. *Breaking the glass* is for what a claim does not open: sealed items, and what other
agencies know. Both are one member's own, end by themselves after a set time, and are seen by the person;
breaking the glass is reviewed each time, and is limited in number so that nobody makes a habit of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Step, began, need_words
from nowrongdoor.rules.law import seeing

REGISTERED = "registered"


class OpeningKind(StrEnum):
    CLAIM = "claim"
    BREAK_GLASS = "break_glass"


@dataclass(frozen=True)
class Opening:
    """One member may look at one person's record from an instant up to another."""

    id: UUID
    kind: str
    person_id: UUID
    member_id: UUID
    team_id: UUID
    purpose: str
    reason: str
    words: str
    opened_at: datetime
    until_at: datetime
    version: int = 0


def claim(
    *,
    opening_id: UUID,
    person_id: UUID,
    member_id: UUID,
    team_id: UUID,
    purpose: str,
    reason: str,
    words: str = "",
    at: datetime,
) -> Step:
    """Open the record for a while, with a reason from the list."""
    law.code("claim_reasons", reason, at=at, field="reason")
    return _open(OpeningKind.CLAIM, opening_id, person_id, member_id, team_id, purpose, reason, words, at=at)


def by_registering(*, person_id: UUID, member_id: UUID, team_id: UUID, purpose: str, at: datetime) -> Step:
    """Whoever registers someone may see what they have just written, until a part of theirs begins."""
    return claim(
        # One for each registration: the same form sent again is the same claim.
        opening_id=uuid5(person_id, REGISTERED),
        person_id=person_id,
        member_id=member_id,
        team_id=team_id,
        purpose=purpose,
        reason=REGISTERED,
        at=at,
    )


def break_glass(
    *,
    opening_id: UUID,
    person_id: UUID,
    member_id: UUID,
    team_id: UUID,
    purpose: str,
    reason: str,
    words: str,
    lately: Sequence[Opening],
    at: datetime,
) -> Step:
    """
    Open what is closed, for a while. `lately` are this member's openings within the window that counts.

    Refuses without words, and when the member has broken the glass as often as anyone may; then somebody
    else has to, who can be asked in person.
    """
    law.code("break_glass_reasons", reason, at=at, field="reason")
    need_words(words, field="words", ask="Say in a line why you need to see this now.")
    need_not_too_often(lately, at=at)
    return _open(
        OpeningKind.BREAK_GLASS, opening_id, person_id, member_id, team_id, purpose, reason, words, at=at
    )


def need_not_too_often(lately: Sequence[Opening], *, at: datetime) -> None:
    """Refuses one who has broken the glass as often as anyone may within the window that counts."""
    since = at - seeing.lasts("break_glass_window", at=at)
    broken = [one for one in lately if one.kind == OpeningKind.BREAK_GLASS and one.opened_at > since]
    if len(broken) >= seeing.most("break_glass", at=at):
        raise Refused(
            "You have broken the glass as often as one person may in a day. Ask a colleague or your "
            "information governance lead to open this record with you.",
            code="broken_too_often",
        )


def _open(
    kind: OpeningKind,
    opening_id: UUID,
    person_id: UUID,
    member_id: UUID,
    team_id: UUID,
    purpose: str,
    reason: str,
    words: str,
    *,
    at: datetime,
) -> Step:
    facts = Opening(
        id=opening_id,
        kind=kind,
        person_id=person_id,
        member_id=member_id,
        team_id=team_id,
        purpose=purpose,
        reason=reason,
        words=words.strip(),
        opened_at=at,
        until_at=at + seeing.lasts(kind, at=at),
    )
    return began("opening.claimed" if kind is OpeningKind.CLAIM else "opening.glass_broken", facts)
