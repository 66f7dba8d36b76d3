"""How careful we must be with each column of agencies, teams and members."""

from nowrongdoor.data.agencies.models import Agency, Member, Membership, Team
from nowrongdoor.kernel.classes import PLACE, PLACE_INNER, STAFF, classify

classify(
    Agency,
    {
        PLACE: "id name kind jurisdiction",
        PLACE_INNER: "version",
    },
)

classify(
    Team,
    {
        PLACE: "id agency_id name does phone takes_contacts opened_at closed_at successor_id",
        PLACE_INNER: "version",
    },
)

classify(
    Member,
    {
        STAFF: "id name job_title discipline",
        PLACE_INNER: "version",
    },
)

classify(
    Membership,
    {
        STAFF: "id member_id team_id role from_at until_at lent_by_team_id lent_by_id lent_until_at"
        " lent_under_id ended_words",
        PLACE_INNER: "version",
    },
)
