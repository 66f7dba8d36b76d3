"""How careful we must be with each column of a contact."""

from nowrongdoor.data.contacts.models import Contact, Signpost
from nowrongdoor.kernel.classes import ACTOR, CARE, IDENTITY, LINK, RESPONSE, VERSION, WHEREABOUTS, classify

classify(
    Contact,
    {
        LINK: "id person_id",
        VERSION: "version question_set",
        ACTOR: "team_id member_id closed_by_id",
        IDENTITY: "caller_name caller_agency about",
        WHEREABOUTS: "callback_number where",
        RESPONSE: (
            "channel caller_kind safe_to_call at_home access_needs state outcome happened_at received_at "
            "closed_at"
        ),
        CARE: "words wish sharing_words answers closing_words",
    },
)
classify(
    Signpost,
    {
        LINK: "id contact_id person_id promise_id",
        VERSION: "version",
        ACTOR: "team_id told_by_id",
        RESPONSE: "told_at",
        CARE: "service_id told_of words ask_after came_of",
    },
)
