"""
Reviews: somebody looks into how a record was opened or shared, by a time, and says what they found.

Raised by breaking the glass, by sharing without consent to keep someone safe, by a pattern of looking, and by
an NHS number that a restricted person has. A review belongs to the governance lead of the agency whose member
acted; of a number, to that of the agency that restricted the person. It never ends by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from nowrongdoor.rules import law
from nowrongdoor.rules.agency import Membership
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.law import seeing

LEAD = "governance_lead"
"""The role that looks into it."""
HAS_THE_NUMBER = "Somebody else was put on record with the NHS number of this restricted person."


class ReviewKind(StrEnum):
    BREAK_GLASS = "break_glass"
    OVERRIDE = "override"
    NO_AGREEMENT = "no_agreement"
    PATTERN = "pattern"
    NUMBER_IN_DOUBT = "number_in_doubt"


@dataclass(frozen=True)
class Review:
    """`subject_id` is what is reviewed: an opening, a sharing decision, or the first look of a pattern."""

    id: UUID
    kind: str
    pattern: str
    subject_id: UUID
    person_id: UUID | None
    member_id: UUID
    agency_id: UUID
    words: str
    raised_at: datetime
    due_at: datetime
    decided_at: datetime | None
    decided_by_id: UUID | None
    outcome: str
    outcome_words: str
    version: int = 0


def ask(
    *,
    review_id: UUID,
    kind: ReviewKind,
    subject_id: UUID,
    person_id: UUID | None,
    member_id: UUID,
    agency_id: UUID,
    words: str,
    pattern: str = "",
    at: datetime,
) -> Step:
    """Someone must look into this by a time."""
    return began(
        "review.asked",
        Review(
            id=review_id,
            kind=kind,
            pattern=pattern,
            subject_id=subject_id,
            person_id=person_id,
            member_id=member_id,
            agency_id=agency_id,
            words=words,
            raised_at=at,
            due_at=at + seeing.lasts(f"review_{kind}", at=at),
            decided_at=None,
            decided_by_id=None,
            outcome="",
            outcome_words="",
        ),
    )


def of_number(
    *, written_id: UUID, version: int, restricted_id: UUID, member_id: UUID, agency_id: UUID, at: datetime
) -> Step:
    """
    Two records have one NHS number, and whoever wrote the second may not know of the first, which is
    restricted. For the governance lead of the agency that restricted it: no other is told that it is there.
    """
    return ask(
        # One for each time the number was written: the same form sent again asks the same.
        review_id=uuid5(written_id, f"{ReviewKind.NUMBER_IN_DOUBT}:{version}"),
        kind=ReviewKind.NUMBER_IN_DOUBT,
        subject_id=written_id,
        person_id=restricted_id,
        member_id=member_id,
        agency_id=agency_id,
        words=HAS_THE_NUMBER,
        at=at,
    )


def need_reviewer(asked: Review, *, agency_id: UUID, leads: Iterable[UUID]) -> None:
    """
    Refuses a governance lead of another agency, while the agency whose member acted has one of its own.

    `leads` are the governance leads of that agency now. One who acted is no reviewer of it: then, and where
    there is none, a lead of another agency decides, for a review must not wait for somebody to be hired. But
    that a restricted person is known to an agency is told to no other: such a review waits for its own lead.
    """
    if agency_id != asked.agency_id and asked.kind == ReviewKind.NUMBER_IN_DOUBT:
        raise Refused(
            "The governance lead of the agency that restricted the record decides this.",
            code="review_of_others",
        )
    if agency_id != asked.agency_id and any(one != asked.member_id for one in leads):
        raise Refused(
            "The governance lead of the agency whose member acted decides this.", code="review_of_others"
        )


def answerable(asked: Review, works: Iterable[Membership]) -> Membership | None:
    """
    Who answers for it by a time: of those who work for that agency now, its longest-standing governance lead
    who did not act themselves. None where there is none: then the duty lead of the agency hears of it.
    """
    leads = (
        one
        for one in works
        if one.role == LEAD and one.until_at is None and one.member_id != asked.member_id
    )
    return min(leads, key=lambda one: (one.from_at, one.id), default=None)


def decide(asked: Review, *, outcome: str, words: str, by: UUID, at: datetime) -> Step:
    """What was found. Refuses a review of one's own act, one without words, and one that was decided."""
    if asked.decided_at is not None:
        raise Refused("This was reviewed already.", code="review_decided", of=asked)
    if asked.member_id == by:
        raise Refused("Somebody else must review what you did.", code="review_of_oneself")
    law.code("review_outcomes", outcome, at=at, field="outcome")
    need_words(words, field="words", ask="Say in a line what you found.")
    return changed(
        asked,
        "review.decided",
        decided_at=at,
        decided_by_id=by,
        outcome=outcome,
        outcome_words=words.strip(),
    )
