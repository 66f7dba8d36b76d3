"""How careful we must be with each column of the directory."""

from nowrongdoor.data.services.models import Capacity, Service
from nowrongdoor.kernel.classes import PLACE, PLACE_INNER, classify

classify(
    Service,
    {
        PLACE: "id agency_id team_id name summary needs hours phone record",
        PLACE_INNER: "feed missing_since hides_address version",
    },
)
classify(
    Capacity,
    {
        PLACE: "id service_id state places said_at counts_until opens_again_at",
        PLACE_INNER: "said_by version",
    },
)
