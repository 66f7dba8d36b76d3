"""Where versions of guidance, what partners say of them, what was advised, and what was rated are stored."""

from nowrongdoor.data.guidance.models import Advice as AdviceRow
from nowrongdoor.data.guidance.models import Appraisal as AppraisalRow
from nowrongdoor.data.guidance.models import SecondRating as SecondRatingRow
from nowrongdoor.data.guidance.models import Version as VersionRow
from nowrongdoor.data.guidance.models import VignetteRating as VignetteRatingRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.advising import Advice
from nowrongdoor.rules.consistency import SecondRating
from nowrongdoor.rules.guidance_versions import Appraisal, Version
from nowrongdoor.rules.vignettes import VignetteRating

VERSIONS = Table(VersionRow, Version, rank=14)
APPRAISALS = Table(AppraisalRow, Appraisal, rank=15)
VIGNETTE_RATINGS = Table(
    VignetteRatingRow,
    VignetteRating,
    rank=17,
    refusals={
        "vignette_rated_once": (
            "You rated this case already. What you said stays as you said it.",
            "rated",
            "",
        ),
    },
)
ADVICE = Table(AdviceRow, Advice, rank=73, referral="referral_id")
RATINGS = Table(
    SecondRatingRow,
    SecondRating,
    rank=74,
    referral="referral_id",
    refusals={
        "rated_once": ("Somebody looked at this decision meanwhile. Thank you all the same.", "rated", ""),
    },
)
