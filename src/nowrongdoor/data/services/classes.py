"""How careful we must be with each column of a service of the directory."""

from nowrongdoor.data.services.models import Service
from nowrongdoor.kernel.classes import PLACE, PLACE_INNER, classify

classify(
    Service,
    {
        PLACE: "id agency_id team_id name summary needs hours phone",
        PLACE_INNER: "version",
    },
)
