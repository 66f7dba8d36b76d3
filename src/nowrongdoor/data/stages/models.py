"""Stages, and contacts with the person. Mirrors `rules.stage` and `rules.care_contact`."""

from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.stage import OF_OFFERS, StageKind

OF_A_HANDOVER = Q(kind__in=sorted(str(one) for one in (*OF_OFFERS, StageKind.FIRST_CONTACT)))


class Stage(Row):
    """One thing that must have become so by a time; reached by a fact, and by nothing else."""

    kind = models.TextField(db_comment="What must become so, such as that an offer is received")
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose way it is on",
    )
    handover = models.ForeignKey(
        "handovers.Handover",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The handover it is an edge of, if it is",
    )
    standard = models.TextField(db_comment="The standard it is measured by, with its date")
    started_at = models.DateTimeField(db_comment="From when it is counted")
    due_at = models.DateTimeField(db_comment="By when it must have become so")
    reached_at = models.DateTimeField(null=True, db_comment="When it became so")
    reached_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="By whose act, if by anybody's",
    )
    how = models.TextField(db_comment="On their list, opened, or by a contact; empty while awaited")

    class Meta:
        db_table_comment = "What must become so by a time: edges of a handover, standards of access"
        constraints = [
            guards.one_of("kind", StageKind, name="stage_kind_words"),
            guards.exactly_when(OF_A_HANDOVER, "handover", name="stage_of_its_handover"),
            guards.not_before("due_at", "started_at", name="stage_time_to_be_reached"),
            guards.not_before("reached_at", "started_at", name="stage_reached_after_it_began"),
            models.CheckConstraint(
                condition=Q(reached_at__isnull=True, reached_by__isnull=True, how="")
                | (Q(reached_at__isnull=False) & ~Q(how="")),
                name="stage_reached_somehow",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "started_at"], name="stage_by_referral"),
            models.Index(fields=["handover"], condition=Q(handover__isnull=False), name="stage_by_handover"),
            models.Index(
                fields=["started_at"],
                condition=Q(kind=StageKind.SENT.value, reached_at__isnull=True),
                name="stage_to_deliver",
            ),
        ]


class CareContact(Row):
    """That staff were in touch with the person, or tried to be."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="About which referral",
    )
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Of which team",
    )
    member = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who was in touch",
    )
    way = models.TextField(db_comment="Face to face, by telephone, or tried")
    words = models.TextField(db_comment="What came of it, if anything was written")
    happened_at = models.DateTimeField(db_comment="When it was so")
    recorded_at = models.DateTimeField(db_comment="When we were told")

    class Meta:
        db_table_comment = "When staff were in touch with the person, or tried to be"
        constraints = [
            guards.said("way", name="care_contact_says_how"),
            guards.not_before("recorded_at", "happened_at", name="care_contact_told_after_it_was"),
        ]
        indexes = [models.Index(fields=["referral", "happened_at"], name="care_contact_by_referral")]
