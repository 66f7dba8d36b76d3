"""How careful we must be with each column of the directory."""

from nowrongdoor.data.services.models import Capacity, PlacesLink, Service
from nowrongdoor.kernel.classes import PLACE, PLACE_INNER, STAFF, classify

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
classify(
    PlacesLink,
    {
        PLACE: "id service_id made_at until_at withdrawn_at last_said_at times",
        STAFF: "team_id made_by_id withdrawn_by_id",
        PLACE_INNER: "digest version",
    },
)
