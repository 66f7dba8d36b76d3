"""How careful we must be with each column of a decision with the police."""

from nowrongdoor.data.police.models import PoliceDecision
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, RESPONSE, VERSION, classify

classify(
    PoliceDecision,
    {
        LINK: "id referral_id follows_id",
        VERSION: "version",
        ACTOR: "decided_by_id accepting_team_id accepted_by seen_by_id disputed_by_id our_rank police_rank",
        RESPONSE: (
            "force category sector question_set policies guidance advice outcome reason log_reference"
            " accepted_at going arrives_at safe_until told call_back_when recheck_at decided_at"
            " seen_at disputed_at"
        ),
        CARE: "age answers new_fact words seen_as seen_words our_view police_view",
    },
)
