"""How careful we must be with each column of what guidance advised."""

from nowrongdoor.data.guidance.models import Advice, Appraisal, SecondRating, Version, VignetteRating
from nowrongdoor.kernel.classes import (
    ACTOR,
    CARE,
    LINK,
    PLACE,
    PLACE_INNER,
    RESPONSE,
    STAFF,
    STAFF_INNER,
    VERSION,
    classify,
)

classify(
    Advice,
    {
        LINK: "id referral_id source_id",
        VERSION: "version",
        ACTOR: "decided_by_id",
        RESPONSE: (
            "guidance decision guidance_version rows advised first_step was_seen decided reason decided_at"
            " is_beside"
        ),
        CARE: "inputs reason_words",
    },
)
classify(
    Version,
    {
        PLACE_INNER: "id version",
        STAFF: "author_id live_by_id",
        PLACE: (
            "name agency_id author_agency_id written_with lived_experience why text model_version state"
            " uploaded_at compared compared_with compared_at live_from ended_on ended_words"
        ),
    },
)
classify(
    Appraisal,
    {
        PLACE_INNER: "id version",
        STAFF: "member_id",
        PLACE: "guidance_version_id agency_id agrees words appraised_at",
    },
)
classify(
    SecondRating,
    {
        LINK: "id advice_id referral_id",
        VERSION: "version",
        ACTOR: "agency_id rated_by_id",
        RESPONSE: "decided decided_at rated rated_at",
    },
)
classify(
    VignetteRating,
    {
        PLACE_INNER: "id version vignette",
        STAFF_INNER: "rated rated_at rated_by_id",
    },
)
