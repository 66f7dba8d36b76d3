"""What guidance advised when somebody decided. Mirrors `rules.advising`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row


class Advice(Row):
    """One decision about a referral, and what guidance advised of it, from what."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose need was decided on",
    )
    guidance = models.TextField(db_comment="The name of the guidance")
    decision = models.TextField(db_comment="Which decision of it was asked")
    guidance_version = models.TextField(db_comment="Its version, from its own text")
    inputs = models.JSONField(db_comment="What it was told of the case; what nobody asked is not known")
    rows = ArrayField(models.IntegerField(), db_comment="The rows of its table that spoke")
    advised = models.TextField(db_comment="The response time it advised")
    first_step = models.TextField(db_comment="What it said comes first")
    was_seen = models.BooleanField(db_comment="Whether the decider had it before them")
    decided = models.TextField(db_comment="The response time that was decided")
    reason = models.TextField(db_comment="Why otherwise, from the list of reasons")
    reason_words = models.TextField(db_comment="Why otherwise, in words")
    decided_at = models.DateTimeField(db_comment="When it was decided")
    decided_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who decided",
    )

    class Meta:
        db_table_comment = "What guidance advised when somebody decided, and what they decided"
        constraints = [
            guards.said("guidance_version", name="advice_has_a_version"),
            guards.said("advised", name="advice_says_something"),
            models.CheckConstraint(
                condition=~Q(advised=models.F("decided")) | Q(reason="", reason_words=""),
                name="advice_reason_when_otherwise",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "decided_at"], name="advice_by_referral"),
            models.Index(fields=["decided_at"], name="advice_by_time"),
        ]
