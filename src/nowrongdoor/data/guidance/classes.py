"""How careful we must be with each column of what guidance advised."""

from nowrongdoor.data.guidance.models import Advice
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, RESPONSE, VERSION, classify

classify(
    Advice,
    {
        LINK: "id referral_id",
        VERSION: "version",
        ACTOR: "decided_by_id",
        RESPONSE: (
            "guidance decision guidance_version rows advised first_step was_seen decided reason decided_at"
        ),
        CARE: "inputs reason_words",
    },
)
