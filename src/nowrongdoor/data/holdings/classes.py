"""How careful we must be with each column of holdings and re-homings."""

from nowrongdoor.data.holdings.models import Holding, ReHoming
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, RESPONSE, VERSION, classify

classify(
    Holding,
    {
        LINK: "id referral_id handover_id re_homing_id",
        VERSION: "version",
        ACTOR: "team_id member_id",
        RESPONSE: "from_at until_at began_by ended_by",
    },
)

classify(
    ReHoming,
    {
        LINK: "id referral_id",
        VERSION: "version",
        ACTOR: "from_team_id to_team_id re_homed_by_id accepted_by_id",
        RESPONSE: "reason re_homed_at accepted_at",
        CARE: "words read_back",
    },
)
