"""Where decisions with the police, their reviews and the paths are stored."""

from nowrongdoor.data.police.models import PoliceDecision as PoliceDecisionRow
from nowrongdoor.data.police.models import PolicePath as PolicePathRow
from nowrongdoor.data.police.models import PoliceReview as PoliceReviewRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.police_path import PolicePath
from nowrongdoor.rules.police_review import PoliceReview

POLICE = Table(
    PoliceDecisionRow,
    PoliceDecision,
    rank=67,
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
POLICE_REVIEWS = Table(
    PoliceReviewRow,
    PoliceReview,
    rank=68,
    referral="referral_id",
    refusals={
        "police_review_once_a_level": (
            "Somebody reviewed this at that level meanwhile. Look at that first.",
            "reviewed_meanwhile",
            "",
        ),
    },
)
POLICE_PATHS = Table(
    PolicePathRow,
    PolicePath,
    rank=63,
    referral="referral_id",
    refusals={
        "police_path_once": ("This path is on record here already. Go on with its list.", "path_chosen", ""),
    },
)
