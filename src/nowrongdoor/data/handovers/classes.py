"""How careful we must be with each column of a handover, of what was asked after it, and of its links."""

from nowrongdoor.data.handovers.models import AnswerLink, Chase, Handover
from nowrongdoor.kernel.classes import ACTOR, CARE, INNER, LINK, RESPONSE, VERSION, classify

# For which service tells what kind of help is asked for: more than the team does.
classify(
    Handover,
    {
        LINK: "id referral_id holding_id after_id next_handover_id",
        VERSION: "version",
        ACTOR: "giver_team_id giver_member_id receiver_team_id answered_by_id next_team_id",
        RESPONSE: "why_urgent ask watch_for state offered_at answer_by standard hop answered_at",
        CARE: "summary done told sharing_basis read_back reason reason_words service_id",
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

# The digest opens nothing, and leaves the place with nobody all the same.
classify(
    AnswerLink,
    {
        LINK: "id handover_id referral_id",
        VERSION: "version",
        ACTOR: "team_id made_by_id withdrawn_by_id last_received_by_id",
        INNER: "digest devices",
        RESPONSE: "made_at until_at withdrawn_at received_at last_received_at times answered_at goes_on",
    },
)
