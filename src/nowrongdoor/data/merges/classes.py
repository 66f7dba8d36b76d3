"""How careful we must be with each column of what is known of two records."""

from nowrongdoor.data.merges.models import Merge
from nowrongdoor.kernel.classes import ACTOR, IDENTITY, INNER, LINK, VERSION, classify

classify(
    Merge,
    {
        LINK: "id one_id other_id record_id into_id",
        VERSION: "version",
        IDENTITY: "evidence words undoing_words",
        INNER: "bits found_by state",
        ACTOR: "proposed_at proposed_by_id decided_at decided_by_id undone_at undone_by_id",
    },
)
