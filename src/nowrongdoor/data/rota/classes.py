"""How careful we must be with each column of the rota."""

from nowrongdoor.data.rota.models import Duty
from nowrongdoor.kernel.classes import PLACE_INNER, STAFF, classify

classify(
    Duty,
    {
        STAFF: "id agency_id team_id member_id rung phone from_at until_at put_on_at put_on_by_id"
        " taken_off_at taken_off_by_id taken_off_words",
        PLACE_INNER: "version",
    },
)
