"""Who is answerable for each referral, at every instant. Mirrors `rules.holding`."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.words import Began, Ended

LASTS = Q(until_at__isnull=True)


class Period(Func):
    """From an instant, up to but not including another."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Holding(Row):
    """The time one team, or one named member of it, is answerable for a referral."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="What is held",
    )
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that holds",
    )
    member = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The member of that team who holds by name, if any",
    )
    from_at = models.DateTimeField(db_comment="Answerable from this instant")
    until_at = models.DateTimeField(
        null=True, db_comment="Up to but not including this instant; empty while it lasts"
    )
    began_by = models.TextField(db_comment="How it came to be: received, handover, re-homing or reopening")
    ended_by = models.TextField(null=True, db_comment="How it ended: handover, re-homing or closing")
    handover = models.ForeignKey(
        "handovers.Handover",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The accepted handover it began by",
    )
    re_homing = models.ForeignKey(
        "holdings.ReHoming",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The re-homing it began by",
    )

    class Meta:
        db_table_comment = "Who is answerable for each referral, from when until when"
        constraints = [
            # I1, no overlap: nobody is held by two at one instant.
            ExclusionConstraint(
                expressions=[
                    ("referral", RangeOperators.EQUAL),
                    (Period("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                name="holding_no_overlap",
            ),
            models.UniqueConstraint(fields=["referral", "from_at"], name="holding_begins_once"),
            guards.after("until_at", "from_at", name="holding_has_length"),
            guards.one_of("began_by", Began, name="holding_began_by_words"),
            guards.one_of("ended_by", Ended, name="holding_ended_by_words"),
            guards.both_or_neither("until_at", "ended_by", name="holding_ends_by_an_act"),
            # I5: what a change of holder rests on is always named, and serves once.
            guards.exactly_when(
                Q(began_by=Began.HANDOVER.value), "handover", name="holding_names_its_handover"
            ),
            guards.exactly_when(
                Q(began_by=Began.RE_HOMING.value), "re_homing", name="holding_names_its_re_homing"
            ),
            models.UniqueConstraint(
                fields=["handover"], condition=Q(handover__isnull=False), name="holding_once_per_handover"
            ),
            models.UniqueConstraint(
                fields=["re_homing"], condition=Q(re_homing__isnull=False), name="holding_once_per_re_homing"
            ),
        ]
        indexes = [
            models.Index(fields=["team"], condition=LASTS, name="holding_open_by_team"),
            models.Index(
                fields=["member"], condition=LASTS & Q(member__isnull=False), name="holding_open_by_member"
            ),
        ]


class ReHoming(Row):
    """A recorded change of holder because the holder was gone, and the acceptance it waits for or had."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="What is re-homed",
    )
    from_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that held it",
    )
    to_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that holds it now",
    )
    reason = models.TextField(db_comment="Why: the team closed, or the member left")
    words = models.TextField(db_comment="Why, in words for whoever finds it on their list")
    re_homed_at = models.DateTimeField(db_comment="When it changed hands")
    re_homed_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who did this",
    )
    accepted_at = models.DateTimeField(
        null=True, db_comment="When the team that holds now accepted it; empty while it has not"
    )
    accepted_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who accepted it for the team that holds now",
    )
    read_back = models.TextField(db_comment="What they said in a line they would do, on accepting it")

    class Meta:
        db_table_comment = "Changes of holder because the holder was gone"
        constraints = [
            guards.said("reason", name="re_homing_has_a_reason"),
            guards.said("words", name="re_homing_says_why"),
            # It is offered: accepted by somebody, at an instant, with a read-back, or not accepted yet.
            guards.both_or_neither("accepted_at", "accepted_by", name="re_homing_accepted_by_somebody"),
            guards.exactly_when(~Q(read_back=""), "accepted_at", name="re_homing_accepted_with_a_read_back"),
            guards.not_before("accepted_at", "re_homed_at", name="re_homing_accepted_afterwards"),
        ]
