"""
Permission: a person lets a carer of theirs read some of their record, from now until they say, or for good.

A member writes it down, with how the person said so. It permits what was chosen and nothing else; what is
sealed it never permits, and while the whole record is sealed it permits nothing. Taken back, it closes the
carer's view with that act. Nobody but the person can permit it: being family permits nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.access import CLOSE, Sight
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing

ROLE = PURPOSE = TIE = "carer"


@dataclass(frozen=True)
class Permission:
    """`carer_is` says how the carer knows the person; `words` how the person said so. Half-open in time."""

    id: UUID
    person_id: UUID
    carer_name: str
    carer_is: str
    elements: tuple[str, ...]
    how: str
    words: str
    team_id: UUID
    given_at: datetime
    given_by_id: UUID
    until_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_by_id: UUID | None
    withdrawal_words: str
    version: int = 0


def may_permit(*, at: datetime) -> frozenset[str]:
    """What a person can let a carer read at all, as it stands on that day."""
    sees = seeing.for_purpose(ROLE, PURPOSE, on=local_date(at))
    return sees.elements if sees else seeing.NOTHING


def give(
    *,
    permission_id: UUID,
    person_id: UUID,
    carer_name: str,
    carer_is: str,
    elements: Iterable[str],
    how: str,
    words: str,
    until_at: datetime | None,
    team_id: UUID,
    by: UUID,
    at: datetime,
) -> Step:
    """The person lets this carer read these. Refuses without a name, and without how the person said so."""
    need_words(carer_name, field="carer_name", ask="Say who may read it.")
    chosen = frozenset(elements)
    if not chosen or chosen - may_permit(at=at):
        raise Refused("Choose what they may read.", code="nothing_permitted", field="elements")
    law.code("permission_ways", how, at=at, field="how")
    need_words(words, field="words", ask="Say how the person put it.")
    if until_at is not None and until_at <= at:
        raise Refused("That day is over already.", code="until_is_past", field="until_on")
    return began(
        "permission.given",
        Permission(
            id=permission_id,
            person_id=person_id,
            carer_name=carer_name.strip(),
            carer_is=carer_is.strip(),
            elements=tuple(sorted(chosen)),
            how=how,
            words=words.strip(),
            team_id=team_id,
            given_at=at,
            given_by_id=by,
            until_at=until_at,
            withdrawn_at=None,
            withdrawn_by_id=None,
            withdrawal_words="",
        ),
    )


def withdraw(given: Permission, *, words: str, by: UUID, at: datetime) -> Step:
    """The person no longer wishes it, or it is not safe: the carer reads nothing from this instant."""
    if given.withdrawn_at is not None:
        raise Refused("This was taken back already.", code="permission_withdrawn", of=given)
    need_words(words, field="words", ask="Say why they may not read it any more.")
    return changed(
        given,
        "permission.withdrawn",
        withdrawn_at=at,
        withdrawn_by_id=by,
        withdrawal_words=words.strip(),
    )


def stands(given: Permission, *, at: datetime) -> bool:
    """The carer may read at this instant, unless the whole record is sealed."""
    return given.withdrawn_at is None and (given.until_at is None or at < given.until_at)


def need_part(sight: Sight) -> None:
    """Refuses whoever only may look: it is written down by those who hear it from the person."""
    if sight.relationship not in CLOSE:
        raise Refused("Only a team that takes part in their care can write this down.", code="no_part_in_it")


def need_no_seal(*, is_restricted: bool) -> None:
    """Refuses to open a way in to somebody who is kept from everyone."""
    if is_restricted:
        raise Refused(
            "The whole record is sealed, so nobody outside can read it. A team lead can lift the seal.",
            code="record_is_sealed",
        )
