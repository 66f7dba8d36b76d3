"""How careful we must be with each column of a message."""

from nowrongdoor.data.messages.models import Message
from nowrongdoor.kernel.classes import ACTOR, CARE, INNER, LINK, RESPONSE, VERSION, classify

classify(
    Message,
    {
        LINK: "id person_id referral_id contact_id visit_id",
        VERSION: "version",
        INNER: "service_id link_id reference",
        ACTOR: "team_id promised_by_id",
        RESPONSE: "kind channel state promised_at until_at due_at attempts why ended_at",
        CARE: "words",
    },
)
