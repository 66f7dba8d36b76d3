"""How careful we must be with each column of the journal: as careful as with all it tells of."""

from nowrongdoor.kernel.classes import ACTOR, CARE, INNER, LINK, classify
from nowrongdoor.kernel.journal.models import Entry, Salt, Seal

classify(
    Entry,
    {
        LINK: "id subject_id person_id referral_id",
        INNER: "subject version",
        ACTOR: "by_member_id by_name by_team_id by_team_name agency_id",
        CARE: "kind changes happened_at recorded_at",
    },
)
classify(Seal, {LINK: "entry_id", ACTOR: "agency_id", INNER: "number previous digest hash sealed_at"})
classify(Salt, {LINK: "entry_id", INNER: "salt"})
