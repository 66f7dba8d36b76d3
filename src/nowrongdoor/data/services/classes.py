"""How careful we must be with each column of the directory."""

from nowrongdoor.data.services.models import Capacity, PlacesLink, Service, Sitting, Suggestion
from nowrongdoor.kernel.classes import ACTOR, PLACE, PLACE_INNER, STAFF, classify

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
classify(
    Suggestion,
    {
        PLACE_INNER: "id service_id part says why state suggested_at answered_at answer version",
        ACTOR: "suggested_by_id answered_by_id",
    },
)
# About nobody; read only as figures without a small number.
classify(
    Sitting,
    {
        PLACE_INNER: "id asked_on hour needs unmet age district why said by_one near version",
    },
)
