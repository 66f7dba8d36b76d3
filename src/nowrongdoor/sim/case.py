"""A referral as one sees it on opening it."""

from typing import NamedTuple

from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral


class Case(NamedTuple):
    """What one sees on opening a referral; a closed one has no holding and no offer."""

    referral: Referral
    holding: Holding | None
    live_offer: Handover | None
    promises: tuple[Promise, ...]
    """What is still owed about it, by id."""
