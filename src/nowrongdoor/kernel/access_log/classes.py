"""How careful we must be with each column of the access log: it leads to people, and tells of staff."""

from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, classify

classify(
    Look,
    {
        LINK: "id person_id referral_id contact_id",
        ACTOR: "member_id member_name team_id team_name agency_id role",
        CARE: "looked_at purpose relationship elements page",
    },
)
