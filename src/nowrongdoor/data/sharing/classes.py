"""How careful we must be with each column about sharing, seals, openings, reviews and agreements."""

from nowrongdoor.data.sharing.models import Agreement, Opening, Permission, Review, Seal, SharingDecision
from nowrongdoor.kernel.classes import ACTOR, CARE, LINK, PLACE, PLACE_INNER, VERSION, classify

classify(
    SharingDecision,
    {
        LINK: "id person_id referral_id handover_id",
        VERSION: "version",
        ACTOR: "to_team_id by_team_id decided_by_id withdrawn_by_id",
        CARE: (
            "purpose gdpr_basis confidentiality_basis words told decided_at withdrawn_at withdrawal_words"
        ),
    },
)
classify(
    Seal,
    {
        LINK: "id person_id referral_id contact_id carried_from_id",
        VERSION: "version",
        ACTOR: "team_id sealed_by_id lifted_by_id against_agency_id against_member_id",
        CARE: "why words sealed_at lifted_at lifting_words",
    },
)
classify(
    Opening,
    {
        LINK: "id person_id",
        VERSION: "version",
        ACTOR: "member_id team_id",
        CARE: "kind purpose reason words opened_at until_at",
    },
)
classify(
    Permission,
    {
        LINK: "id person_id",
        VERSION: "version",
        ACTOR: "team_id given_by_id withdrawn_by_id",
        CARE: ("carer_name carer_is elements how words given_at until_at withdrawn_at withdrawal_words"),
    },
)
classify(
    Review,
    {
        LINK: "id subject_id person_id",
        VERSION: "version",
        ACTOR: "member_id agency_id decided_by_id",
        CARE: "kind pattern words raised_at due_at decided_at outcome outcome_words",
    },
)
classify(
    Agreement,
    {
        PLACE_INNER: "id version",
        PLACE: "one_agency_id other_agency_id purpose what legal_basis from_on review_on until_on",
    },
)
