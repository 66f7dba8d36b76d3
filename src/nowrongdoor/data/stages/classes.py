"""How careful we must be with each column of a stage, and of a contact with the person."""

from nowrongdoor.data.stages.models import CareContact, Stage
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
