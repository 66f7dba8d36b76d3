"""How careful we must be with each column of a handover, and of what was asked after it."""

from nowrongdoor.data.handovers.models import Chase, Handover
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, RESPONSE, VERSION, classify

classify(
    Handover,
    {
        LINK: "id referral_id holding_id after_id next_handover_id",
        VERSION: "version",
        ACTOR: "giver_team_id giver_member_id receiver_team_id answered_by_id next_team_id",
        RESPONSE: "why_urgent ask watch_for state offered_at answer_by standard hop answered_at",
        CARE: "summary done told sharing_basis read_back reason reason_words",
    },
)

classify(
    Chase,
    {
        LINK: "id handover_id referral_id",
        VERSION: "version",
        ACTOR: "chased_by_id",
        RESPONSE: "how chased_at",
        CARE: "words",
    },
)
