"""Files that go with an offer, and those chosen for one not sent yet. Mirrors `rules.attachment`."""

from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.attachment import ENDINGS, LARGEST


class KeptFile(Row):
    """A file chosen for a form that is not sent yet; belongs to the member who chose it."""

    draft_id = models.UUIDField(db_comment="The draft of the form it was chosen in")
    member = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who chose it",
    )
    name = models.TextField(db_comment="Its name as it was chosen")
    content = models.BinaryField(db_comment="The file itself")
    kept_at = models.DateTimeField(db_comment="When it was chosen")

    class Meta:
        db_table_comment = "Files chosen for forms that are not sent yet; not a record of anyone"
        indexes = [models.Index(fields=["draft_id"], name="kept_file_by_draft")]


class Attachment(Row):
    """A file as it was attached to an offer."""

    handover = models.ForeignKey(
        "handovers.Handover",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The offer it is part of",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="What is offered",
    )
    name = models.TextField(db_comment="Its name, without a path and without what cannot be seen")
    media_type = models.TextField(db_comment="What it is, by what is in it: PDF, PNG, JPEG or plain text")
    size = models.IntegerField(db_comment="How many bytes it has")
    sha256 = models.TextField(db_comment="The hash of its bytes; the journal tells the bytes by it")
    content = models.BinaryField(db_comment="The file itself")
    added_at = models.DateTimeField(db_comment="When it was attached: with the offer")
    added_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who attached it",
    )

    class Meta:
        db_table_comment = "Files that go with an offer"
        constraints = [
            guards.one_of("media_type", ENDINGS, name="attachment_kind_words"),
            guards.said("name", name="attachment_has_a_name"),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=LARGEST), name="attachment_size"),
        ]
        indexes = [models.Index(fields=["handover", "added_at"], name="attachment_by_handover")]
