"""Where attachments are stored, and files of forms that are not sent yet."""

from nowrongdoor.data.attachments.models import Attachment as AttachmentRow
from nowrongdoor.data.attachments.models import KeptFile as KeptFileRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.attachment import Attachment, KeptFile

KEPT_FILES = Table(KeptFileRow, KeptFile, rank=91, scratch=True)
ATTACHMENTS = Table(AttachmentRow, Attachment, rank=78, referral="referral_id")
