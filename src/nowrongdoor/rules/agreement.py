"""
Agreements: two agencies have put in writing what they share, for which purpose, and until when.

An agreement is dated data. Without one in force a decision to share still stands, because sharing for
someone's care matters as much as keeping a confidence; but it is reviewed. One that nears its end, or has
passed it, is an alarm for the governance leads of both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from nowrongdoor.rules.change import Refused, Step, began, need_words


class Standing(StrEnum):
    """How an agreement stands on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    REVIEW_DUE = "review_due"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Agreement:
    """From `from_on` up to but not including `until_on`; to be looked at again on `review_on`."""

    id: UUID
    one_agency_id: UUID
    other_agency_id: UUID
    purpose: str
    what: str
    legal_basis: str
    from_on: date
    review_on: date
    until_on: date
    version: int = 0


def enter(agreement: Agreement) -> Step:
    """Put an agreement on record. Refuses one with itself, without content, or with dates out of order."""
    if agreement.one_agency_id == agreement.other_agency_id:
        raise Refused("An agreement is between two agencies.", code="agreement_with_itself", field="other")
    need_words(agreement.what, field="what", ask="Say what is shared.")
    if not agreement.from_on < agreement.review_on <= agreement.until_on:
        raise Refused(
            "It begins before it is reviewed, and is reviewed before it ends.",
            code="agreement_dates",
            field="until_on",
        )
    return began("agreement.entered", agreement)


def standing(agreement: Agreement, *, on: date) -> Standing:
    """How it stands on a day."""
    if on < agreement.from_on:
        return Standing.NOT_YET
    if on >= agreement.until_on:
        return Standing.EXPIRED
    return Standing.REVIEW_DUE if on >= agreement.review_on else Standing.IN_FORCE


def covers(
    agreements: Iterable[Agreement], *, one: UUID, other: UUID, purpose: str, on: date
) -> Agreement | None:
    """The agreement in force between two agencies for a purpose, whichever way round; or none."""
    pair = {one, other}
    return next(
        (
            each
            for each in agreements
            if {each.one_agency_id, each.other_agency_id} == pair
            and each.purpose == purpose
            and standing(each, on=on) in (Standing.IN_FORCE, Standing.REVIEW_DUE)
        ),
        None,
    )
