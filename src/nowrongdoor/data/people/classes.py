"""How careful we must be with each column of a person."""

from nowrongdoor.data.people.models import AboutAnswer, InCircle, Person
from nowrongdoor.kernel.classes import (
    ACTOR,
    IDENTITY,
    LINK,
    LOOKED_UP,
    PLACE_LOOKED_UP,
    RESPONSE,
    VERSION,
    WHEREABOUTS,
    classify,
)

classify(
    Person,
    {
        LINK: "id",
        VERSION: "version",
        IDENTITY: "family_name given_names known_as pronouns born_on nhs_number other_names other_numbers",
        WHEREABOUTS: "phone address postcode",
        RESPONSE: (
            "access_needs know_first know_waits name_unknown born_on_unknown nhs_number_unknown "
            "phone_unknown address_unknown pronouns_unknown access_needs_unknown know_first_unknown "
            "registered_at"
        ),
        LOOKED_UP: "family_key given_key number_in_doubt",
        PLACE_LOOKED_UP: "phone_key postcode_key find_keys",
    },
)
classify(
    AboutAnswer,
    {
        LINK: "id person_id replaces_id",
        VERSION: "version",
        IDENTITY: "said_by_name",
        RESPONSE: "heading state codes words said_by whose_words said_on",
        ACTOR: "team_id written_at written_by_id",
    },
)
classify(
    InCircle,
    {
        LINK: "id person_id",
        VERSION: "version",
        IDENTITY: "name",
        WHEREABOUTS: "phone",
        PLACE_LOOKED_UP: "phone_key",
        RESPONSE: "relation parts phone_unknown contact tell words said_by said_on why",
        ACTOR: "team_id entered_at entered_by_id withdrawn_at withdrawn_by_id",
    },
)
