"""
One's own record: what the person it is about may read of it, and what is withheld from them and why.

They read who answers for them and by when, who they are as it stands here, what they said themselves, with
whom it is shared and who looked. What other people said, and what staff wrote to each other, is not there.
Three things are withheld to keep somebody safe: a referral or contact sealed because someone would be in
danger if it were known; a sharing that the person was not told of because that would put someone in danger;
and, while any such seal stands, the names of staff. Being restricted as a person takes nothing more away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision

ROLE = "person"
PURPOSE = "own_record"
TIE = "self"
"""How a look at one's own record stands in the log, where others have a tie."""
ACT = "own_record.read"
OWN_WORDS = "own_words"
IN_DANGER = "in_danger"
WOULD_HARM = "would_harm"


@dataclass(frozen=True)
class Reader:
    """Somebody who reads their own record: no member, in no team, and never a viewer of anyone else."""

    person_id: UUID
    name: str


def may_read(*, at: datetime) -> bool:
    """People may read their own record here on that day."""
    return ACT in law.acts_of(ROLE, on=local_date(at))


def elements(*, at: datetime) -> frozenset[str]:
    """What a person may read of their own record on that day."""
    sees = seeing.for_purpose(ROLE, PURPOSE, on=local_date(at))
    return sees.elements if sees else seeing.NOTHING


def withheld(seals: Iterable[Seal]) -> frozenset[UUID]:
    """The referrals and contacts that stay unknown to the person: someone would be in danger."""
    kept = (one.referral_id or one.contact_id for one in _dangerous(seals))
    return frozenset(one for one in kept if one is not None)


def withholds_names(seals: Iterable[Seal]) -> bool:
    """Staff are told by what they are, and not by name: someone would be in danger."""
    return any(True for _ in _dangerous(seals))


def tells_of(decision: SharingDecision, kept: frozenset[UUID]) -> bool:
    """The person may know of this sharing."""
    return decision.told != WOULD_HARM and decision.referral_id not in kept


def _dangerous(seals: Iterable[Seal]) -> Iterable[Seal]:
    return (one for one in seals if one.why == IN_DANGER and one.lifted_at is None)
