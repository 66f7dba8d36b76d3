"""How careful we must be with each column of a stage, a contact with the person, a statutory clock."""

from nowrongdoor.data.stages.models import CareContact, Stage, StatutoryClock
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, RESPONSE, VERSION, classify

classify(
    Stage,
    {
        LINK: "id referral_id handover_id",
        VERSION: "version",
        ACTOR: "reached_by_id",
        RESPONSE: "kind standard started_at due_at reached_at how",
    },
)
classify(
    CareContact,
    {
        LINK: "id referral_id",
        VERSION: "version",
        ACTOR: "team_id member_id",
        RESPONSE: "way happened_at recorded_at",
        CARE: "words",
    },
)
classify(
    StatutoryClock,
    {
        LINK: "id referral_id",
        VERSION: "version",
        ACTOR: "begun_by_id extended_by_id ended_by_id",
        RESPONSE: "kind standard started_at due_at recorded_at extended_at ended_at",
        CARE: "words reason doctor extension_words outcome ending_words",
    },
)
