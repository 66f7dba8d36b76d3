"""Where handovers are stored, how they were chased, and the links that answer them."""

from nowrongdoor.data.handovers.models import AnswerLink as AnswerLinkRow
from nowrongdoor.data.handovers.models import Chase as ChaseRow
from nowrongdoor.data.handovers.models import Handover as HandoverRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.chase import Chase
from nowrongdoor.rules.handover import Handover

_WAITING = (
    "This has already been offered to a team that has not answered. Withdraw that offer first.",
    "already_offered",
    "",
)
_NOT_THEIRS = (
    "That is not a service of the team you ask any more. Choose one of theirs, or leave it at “Not said”.",
    "service_of_another",
    "service",
)
HANDOVERS = Table(
    HandoverRow,
    Handover,
    rank=60,
    referral="referral_id",
    refusals={"handover_one_live_offer": _WAITING, "handover_one_live_offer_a_referral": _WAITING}
    | {"handover_for_own_service": _NOT_THEIRS},
)
CHASES = Table(ChaseRow, Chase, rank=61, referral="referral_id")
ANSWER_LINKS = Table(AnswerLinkRow, AnswerLink, rank=62, referral="referral_id")
