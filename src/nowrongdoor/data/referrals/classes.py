"""How careful we must be with each column of a referral."""

from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, RESPONSE, VERSION, classify

classify(
    Referral,
    {
        LINK: "id person_id contact_id duplicate_of_id",
        VERSION: "version",
        ACTOR: "from_team_id triaged_by_id triaged_as closed_by_id",
        RESPONSE: (
            "needs request urgency standard state waiting_from received_at due_at triaged_at accepted_at "
            "closed_at outcome reopened_at"
        ),
        CARE: "words triage_words triaged_as_words told told_by reopening_words",
    },
)
