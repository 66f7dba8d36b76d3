"""Stages, contacts with the person, statutory clocks. Mirrors the rules of the same names."""

from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.stage import OF_OFFERS, StageKind
from nowrongdoor.rules.statutory import StatutoryKind

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


class StatutoryClock(Row):
    """What the law gives a time, such as detention in a place of safety; ended by an act alone."""

    kind = models.TextField(db_comment="What the law gives a time: detention, an enquiry, a review")
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose way it is on",
    )
    standard = models.TextField(db_comment="The version of the standard it began under")
    words = models.TextField(db_comment="Which place, which concern, or what was agreed")
    started_at = models.DateTimeField(db_comment="From when it counts, such as the arrival")
    due_at = models.DateTimeField(db_comment="By when it must have ended")
    recorded_at = models.DateTimeField(db_comment="When we were told that it began")
    begun_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who recorded that it began",
    )
    extended_at = models.DateTimeField(null=True, db_comment="When it was decided that it goes on for longer")
    extended_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who recorded the extension",
    )
    reason = models.TextField(db_comment="What of the person's condition it was extended for")
    doctor = models.TextField(db_comment="The registered medical practitioner who answers for it")
    extension_words = models.TextField(db_comment="What was said about the person's condition")
    ended_at = models.DateTimeField(null=True, db_comment="When it was over")
    ended_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who recorded that it was over",
    )
    outcome = models.TextField(db_comment="How it ended; empty while it runs")
    ending_words = models.TextField(db_comment="What came of it")

    class Meta:
        db_table_comment = "What the law gives a time: from when, by when, how it ended"
        constraints = [
            guards.one_of("kind", StatutoryKind, name="statutory_kind_words"),
            guards.said("words", name="statutory_says_what"),
            guards.not_before("due_at", "started_at", name="statutory_time_to_end"),
            guards.not_before("recorded_at", "started_at", name="statutory_told_after_it_began"),
            guards.not_before("extended_at", "started_at", name="statutory_extended_after_it_began"),
            guards.not_before("ended_at", "started_at", name="statutory_ended_after_it_began"),
            models.CheckConstraint(
                condition=Q(extended_at__isnull=True, extended_by__isnull=True, reason="", doctor="")
                | (Q(extended_at__isnull=False, extended_by__isnull=False) & ~Q(reason="") & ~Q(doctor="")),
                name="statutory_extended_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, outcome="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(outcome="")),
                name="statutory_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["referral", "kind"],
                condition=Q(ended_at__isnull=True),
                name="statutory_one_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["referral", "started_at"], name="statutory_by_referral")]
