"""How careful we must be with each column of clocks, climbs, replies and sweeps."""

from nowrongdoor.data.clocks.models import Climb, Clock, Reply, Sweep
from nowrongdoor.kernel.classes import ACTOR, CARE, INNER, LINK, PLACE_INNER, RESPONSE, VERSION, classify

classify(
    Clock,
    {
        LINK: "id person_id referral_id contact_id",
        VERSION: "version",
        ACTOR: "agency_id team_id member_id",
        RESPONSE: "kind standard started_at due_at is_running step rung next_at rests_until",
        INNER: "wakes_at",
    },
)
classify(
    Climb,
    {
        LINK: "id clock_id person_id referral_id",
        VERSION: "version",
        ACTOR: "team_id",
        RESPONSE: "kind step rung due_at owed_at climbed_at next_at",
    },
)
classify(
    Reply,
    {
        LINK: "id clock_id person_id referral_id",
        VERSION: "version",
        ACTOR: "replied_by_id",
        RESPONSE: "step rests_until replied_at",
        CARE: "decision dissent told",
    },
)
classify(Sweep, {PLACE_INNER: "id version worker finished_at looked climbed"})
