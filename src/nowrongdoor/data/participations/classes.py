"""How careful we must be with each column of a participation: all of it leads to someone."""

from nowrongdoor.data.participations.models import Participation
from nowrongdoor.kernel.classes import ACTOR, INNER, LINK, classify

classify(
    Participation,
    {
        LINK: "id person_id referral_id contact_id",
        ACTOR: "agency_id team_id member_id",
        INNER: "part from_at until_at purpose",
    },
)
