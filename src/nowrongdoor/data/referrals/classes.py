"""How careful we must be with each column of a referral."""

from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, VERSION, classify

classify(
    Referral,
    {
        LINK: "id person_id contact_id duplicate_of_id",
        VERSION: "version",
        ACTOR: "from_team_id triaged_by_id closed_by_id",
        CARE: (
            "needs request words urgency standard state waiting_from received_at due_at triaged_at "
            "triage_words accepted_at closed_at outcome told told_by reopened_at reopening_words"
        ),
    },
)
