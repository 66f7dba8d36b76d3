"""How careful we must be with each column of crews and visits."""

from nowrongdoor.data.visits.models import Crew, Going, Seat, Skill, Visit
from nowrongdoor.kernel.classes import (
    ACTOR,
    CARE,
    LINK,
    PLACE_INNER,
    RESPONSE,
    STAFF,
    VERSION,
    WHEREABOUTS,
    classify,
)

classify(
    Crew,
    {
        STAFF: "id team_id name base travel device from_at until_at put_on_at put_on_by_id ended_at"
        " ended_by_id ended_words",
        PLACE_INNER: "version",
    },
)
classify(
    Seat,
    {
        STAFF: "id crew_id member_id role skills gender languages from_at until_at",
        PLACE_INNER: "version",
    },
)
classify(
    Skill,
    {
        STAFF: "id member_id kind from_on until_on said_by checked entered_at entered_by_id ended_at"
        " ended_by_id ended_words",
        PLACE_INNER: "version",
    },
)
classify(
    Visit,
    {
        LINK: "id referral_id joint_with_id",
        VERSION: "version",
        ACTOR: "team_id asked_by_id crew_id",
        WHEREABOUTS: "place area",
        RESPONSE: (
            "need access_words skills minutes pair_rules due_at asked_at state leaves_at free_at told_at"
            " set_off_at arrived_at met_at left_at check_ins check_in_at ended_at meet_at joined_at"
            " others_words"
        ),
        CARE: "wish_gender wish_language chosen_words outcome next_step ended_words",
    },
)
classify(
    Going,
    {
        STAFF: "id visit_id crew_id member_id from_at until_at is_under_way",
        PLACE_INNER: "version",
    },
)
