"""How careful we must be with each column of what is known of partners' registers."""

from nowrongdoor.data.registers.models import RegisterLink, RegisterReading
from nowrongdoor.kernel.classes import (
    ACTOR,
    IDENTITY,
    INNER,
    LINK,
    LOOKED_UP,
    PLACE_INNER,
    STAFF,
    VERSION,
    WHEREABOUTS,
    classify,
)

classify(
    RegisterReading,
    {
        PLACE_INNER: "id version agency_id digest batches rows refused known proposed to_look_at alone",
        STAFF: "began_at began_by_id ended_at",
    },
)
classify(
    RegisterLink,
    {
        LINK: "id agency_id person_id",
        VERSION: "version",
        IDENTITY: "number given_names family_name born_on nhs_number evidence words undoing_words",
        LOOKED_UP: "number_key",
        WHEREABOUTS: "phone postcode address",
        INNER: "bits state number_added",
        ACTOR: "proposed_at proposed_by_id decided_at decided_by_id undone_at undone_by_id",
    },
)
