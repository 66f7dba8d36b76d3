"""How careful we must be with each column of a decision with the police."""

from nowrongdoor.data.police.models import PoliceDecision, PolicePath, PoliceReview
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
            " seen_at disputed_at review_level review_from_at review_due_at review_ended_at"
        ),
        CARE: "age answers new_fact words seen_as seen_words our_view police_view",
    },
)
classify(
    PoliceReview,
    {
        LINK: "id decision_id referral_id",
        VERSION: "version",
        ACTOR: "reviewed_by_id took_part change_by",
        RESPONSE: "level finding change_on reviewed_at",
        CARE: "learned change",
    },
)
classify(
    PolicePath,
    {
        LINK: "id referral_id",
        VERSION: "version",
        ACTOR: "chosen_by_id",
        RESPONSE: "path checklist chosen_at",
        CARE: "words answers",
    },
)
