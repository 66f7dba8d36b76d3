"""Where decisions with the police are stored."""

from nowrongdoor.data.police.models import PoliceDecision as PoliceDecisionRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.police_decision import PoliceDecision

POLICE = Table(
    PoliceDecisionRow,
    PoliceDecision,
    rank=68,
    referral="referral_id",
    refusals={
        "police_followed_once": (
            "Somebody decided this with the police meanwhile. Look at that first.",
            "decided_meanwhile",
            "",
        ),
        "police_first_once": (
            "Somebody decided this with the police meanwhile. Look at that first.",
            "decided_meanwhile",
            "",
        ),
    },
)
