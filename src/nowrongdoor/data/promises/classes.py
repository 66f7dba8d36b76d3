"""How careful we must be with each column of promises and their escalations."""

from nowrongdoor.data.promises.models import Escalation, Promise
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, RESPONSE, VERSION, classify

classify(
    Promise,
    {
        LINK: "id contact_id referral_id person_id",
        VERSION: "version",
        ACTOR: "owner_team_id owner_member_id ended_by_id written_by_id",
        RESPONSE: "kind asked_of words held_words held_from made_at due_at standard as_of_at "
        "escalation_level state ended_at",
        CARE: "ending_words",
    },
)

classify(
    Escalation,
    {
        LINK: "id promise_id",
        VERSION: "version",
        ACTOR: "to_team_id escalated_by_id",
        RESPONSE: "level escalated_at",
        CARE: "words",
    },
)
