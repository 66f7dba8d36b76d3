"""A file that goes with an offer, for whoever may see the offer; and files of a form that is not sent yet."""

from dataclasses import dataclass, field
from uuid import UUID

from nowrongdoor.data.attachments.facts import ATTACHMENTS, KEPT_FILES
from nowrongdoor.data.attachments.models import Attachment as AttachmentRow
from nowrongdoor.data.attachments.models import KeptFile as KeptFileRow
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.attachment import KeptFile
from nowrongdoor.rules.change import Missing


@dataclass(frozen=True)
class FileToSave:
    """A file as it is handed out."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


def to_save(attachment_id: UUID, *, seen: Vantage) -> FileToSave:
    """
    The file itself. Raises `Missing` when there is no such file, or none this viewer may see: a letter
    tells the story and where somebody lives.
    """
    if not (seen.shows_story and seen.shows_whereabouts):
        raise Missing(ATTACHMENTS.name)
    found = (
        AttachmentRow.objects.filter(pk=attachment_id).values_list("name", "media_type", "content").first()
    )
    if found is None:
        raise Missing(ATTACHMENTS.name)
    name, media_type, content = found
    return FileToSave(name, media_type, bytes(content))


def kept(*, draft_id: UUID, member_id: UUID) -> tuple[KeptFile, ...]:
    """What this member has chosen for a form that is not sent yet, in the order it was chosen."""
    rows = KeptFileRow.objects.filter(draft_id=draft_id, member_id=member_id).order_by("kept_at", "name")
    return tuple(KEPT_FILES.of(values) for values in rows.values_list(*KEPT_FILES.columns))
