"""How careful we must be with each column of what was typed and not sent."""

from nowrongdoor.data.drafts.models import Draft
from nowrongdoor.kernel.classes import TYPED, classify

classify(
    Draft,
    {
        TYPED: "id member_id form fields saved_at version",
    },
)
