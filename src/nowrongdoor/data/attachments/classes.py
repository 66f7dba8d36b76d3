"""How careful we must be with each column of a file that goes with an offer."""

from nowrongdoor.data.attachments.models import Attachment, KeptFile
from nowrongdoor.kernel.classes import ACTOR, CARE, INNER, LINK, TYPED, VERSION, WHEREABOUTS, classify

classify(
    Attachment,
    {
        LINK: "id handover_id referral_id",
        VERSION: "version",
        ACTOR: "added_by_id",
        CARE: "name media_type size added_at",
        INNER: "sha256",
        # A letter has an address on it, and a photograph may say where it was taken.
        WHEREABOUTS: "content",
    },
)

classify(KeptFile, {TYPED: "id draft_id member_id name content kept_at version"})
