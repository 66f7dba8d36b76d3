"""
Agreements: two agencies have put in writing what they share, for which purpose, and until when.

An agreement is dated data. Without one in force a decision to share still stands, because sharing for
someone's care matters as much as keeping a confidence; but it is reviewed. One that nears its end, or has
passed it, is an alarm for the governance leads of both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Step, began, need_words
from nowrongdoor.rules.clock import local_date

AID = "aid_purposes"
"""What agencies agree about their crews: a list of its own, for it is no reason to look at anybody."""
BESIDE, LENT = "crews_beside", "crews_lent"


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


def enter(agreement: Agreement, *, at: datetime) -> Step:
    """
    Put an agreement on record. Refuses one with itself, for no purpose there is, without content, or with
    dates out of order. It is for a purpose of looking at people, or about crews (`AID`).
    """
    if agreement.purpose not in {one.code for one in law.codes(AID, on=local_date(at))}:
        law.code("purposes", agreement.purpose, at=at, field="purpose")
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


def aid_covers(
    agreements: Iterable[Agreement], *, one: UUID, other: UUID, kind: str, on: date
) -> Agreement | None:
    """
    The agreement by which two agencies do this with their crews on a day (`BESIDE`, `LENT`), or none. What an
    agreement about crews entails is data: to lend them to each other is also to see each other's.
    """
    entailing = [code.code for code in law.codes(AID, on=on) if kind in code.entails.split()]
    found = (covers(agreements, one=one, other=other, purpose=purpose, on=on) for purpose in entailing)
    return next((each for each in found if each is not None), None)
