"""How careful we must be with each column of promises, their escalations and calls just to talk."""

from nowrongdoor.data.promises.models import Escalation, Promise, Talk
from nowrongdoor.kernel.classes import ACTOR, CARE, IDENTITY, LINK, RESPONSE, VERSION, WHEREABOUTS, classify

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

classify(
    Talk,
    {
        LINK: "id promise_id",
        VERSION: "version",
        ACTOR: "asked_team_id asked_by_id",
        IDENTITY: "ask_for",
        WHEREABOUTS: "number",
        RESPONSE: "safe_to_call suits_from asked_at tries",
        CARE: "service_id words",
    },
)
