"""How soon an offer must be answered: by the urgency of its referral, as the standard says at that time."""

from datetime import datetime

from nowrongdoor.rules import clock, law
from nowrongdoor.rules.law import Standard
from nowrongdoor.rules.referral import Referral


def standard(referral: Referral, *, at: datetime) -> Standard:
    """
    The standard for an offer made now; the offer keeps its version, whatever changes later.

    Where nobody has triaged yet, as for very urgent: not knowing never lowers a response.
    """
    return law.promise_time(f"offer_{referral.urgency or 'very_urgent'}", at=at)


def answer_by(referral: Referral, *, at: datetime) -> datetime:
    """When an offer made now must be answered."""
    return clock.due_at(at, standard(referral, at=at).within)
