"""What someone has typed and not sent. Mirrors `rules.draft.Draft`; not part of any record."""

from django.db import models

from nowrongdoor.kernel.rows import Row


class Draft(Row):
    """Belongs to the member who types, and is gone when the form is sent."""

    member = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who is typing",
    )
    form = models.TextField(db_comment="The form that is being filled in")
    fields = models.JSONField(db_comment="The answers as typed")
    saved_at = models.DateTimeField(db_comment="When it was last kept")

    class Meta:
        db_table_comment = "What was typed into a form and not sent; not a record of anyone"
        indexes = [models.Index(fields=["member", "form"], name="draft_by_member")]
