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

from nowrongdoor.rules import law, permission
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.permission import Permission
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision

ROLE = "person"
PURPOSE = "own_record"
TIE = "self"
"""How a look at one's own record stands in the log, where others have a tie."""
OWN_WORDS = "own_words"
IN_DANGER = "in_danger"
WOULD_HARM = "would_harm"


@dataclass(frozen=True)
class Reader:
    """
    Somebody who reads a record that is their own, or one that a `permission` lets them read as a carer: no
    member, in no team, and never a viewer of anyone else.
    """

    person_id: UUID
    name: str
    permission: Permission | None = None

    @property
    def role(self) -> str:
        return permission.ROLE if self.permission else ROLE

    @property
    def purpose(self) -> str:
        return permission.PURPOSE if self.permission else PURPOSE

    @property
    def tie(self) -> str:
        return permission.TIE if self.permission else TIE


def may_read(reader: Reader, act: str, *, at: datetime) -> bool:
    """Their role permits it on that day; and a carer may only while the permission stands."""
    if reader.permission is not None and not permission.stands(reader.permission, at=at):
        return False
    return act in law.acts_of(reader.role, on=local_date(at))


def elements(reader: Reader, *, at: datetime) -> frozenset[str]:
    """What they may read on that day: a person what people may, a carer of that what was permitted."""
    sees = seeing.for_purpose(reader.role, reader.purpose, on=local_date(at))
    of_role = sees.elements if sees else seeing.NOTHING
    return of_role & frozenset(reader.permission.elements) if reader.permission else of_role


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
