"""
Running clocks, what has climbed the ladder, the replies, and which sweeps have finished.

Nobody writes a clock but the triggers of this app's migrations: it follows from the promise, the offer or
the referral of the same id, its climbs and the replies to them. Only `wakes_at` is a sweep's own mark.
"""

from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.escalation import ClockKind

RAISED = Q(is_running=True, rests_until__isnull=True) & ~Q(rung="")


class Clock(Row):
    """What a row promises by a time. Mirrors `rules.escalation.Clock`."""

    kind = models.TextField(db_comment="What it waits for, such as an answer to an offer")
    agency_id = models.UUIDField(db_comment="The agency of that team")
    team_id = models.UUIDField(db_comment="The team that is answerable")
    member_id = models.UUIDField(null=True, db_comment="The member who is, by name, if any")
    person_id = models.UUIDField(null=True, db_comment="The person, once known")
    referral_id = models.UUIDField(null=True, db_comment="The referral, if it is about one")
    contact_id = models.UUIDField(null=True, db_comment="The contact, if it is about one")
    standard = models.TextField(db_comment="The standard, with its date where the row says it")
    started_at = models.DateTimeField(db_comment="When it started")
    due_at = models.DateTimeField(db_comment="When it falls due")
    is_running = models.BooleanField(db_comment="Whether it is still waited for")
    step = models.IntegerField(db_comment="How often it has climbed")
    rung = models.TextField(db_comment="The rung told last for this due time; empty when none was")
    next_at = models.DateTimeField(null=True, db_comment="When the ladder goes on from that rung")
    rests_until = models.DateTimeField(null=True, db_comment="Until when a reply lets it rest, if any")
    wakes_at = models.DateTimeField(null=True, db_comment="When a sweep looks next; empty once stopped")

    class Meta:
        db_table_comment = "Running clocks, each from the row that promises something by a time"
        constraints = [
            guards.one_of("kind", ClockKind, name="clock_kind_words"),
            guards.exactly_when(Q(is_running=True), "wakes_at", name="clock_wakes_while_running"),
        ]
        indexes = [
            # As a sweep asks, so that it is used: whoever asks for an instant asks for one that is there.
            models.Index(fields=["wakes_at"], condition=Q(wakes_at__isnull=False), name="clock_awake"),
            models.Index(fields=["team_id", "due_at"], condition=Q(is_running=True), name="clock_by_team"),
            models.Index(fields=["team_id", "due_at"], condition=RAISED, name="clock_raised_by_team"),
            models.Index(
                fields=["agency_id", "team_id", "rung", "due_at"],
                condition=RAISED,
                name="clock_raised_by_agency",
            ),
            models.Index(fields=["referral_id"], name="clock_by_referral"),
            models.Index(
                fields=["contact_id"], condition=Q(contact_id__isnull=False), name="clock_by_contact"
            ),
        ]


class Climb(Row):
    """One step of a clock up the ladder."""

    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="The clock that climbed"
    )
    kind = models.TextField(db_comment="What that clock waited for")
    step = models.IntegerField(db_comment="First, second and so on")
    rung = models.TextField(db_comment="Who was told: a rung of the ladder")
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that was answerable then",
    )
    person = models.ForeignKey(
        "people.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The person, where known then",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The referral, if it is about one",
    )
    due_at = models.DateTimeField(db_comment="When the clock fell due, as it stood then")
    owed_at = models.DateTimeField(db_comment="When this step was owed")
    climbed_at = models.DateTimeField(db_comment="When it was taken")
    next_at = models.DateTimeField(db_comment="When the ladder goes on if nobody replies")

    class Meta:
        db_table_comment = "Steps up the ladder of clocks that are nearly due or have passed"
        constraints = [
            models.UniqueConstraint(fields=["clock", "step"], name="climb_once_per_step"),
            models.CheckConstraint(condition=Q(step__gte=1), name="climb_step_from_one"),
            guards.not_before("climbed_at", "owed_at", name="climb_not_before_owed"),
            guards.not_before("next_at", "owed_at", name="climb_goes_on"),
        ]


class Reply(Row):
    """What a person decided about a clock that had climbed."""

    clock = models.ForeignKey(
        Clock, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="The clock it is about"
    )
    step = models.IntegerField(db_comment="The step it replies to")
    person = models.ForeignKey(
        "people.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The person, where known then",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The referral, if it is about one",
    )
    decision = models.TextField(db_comment="What is being done about it")
    dissent = models.TextField(db_comment="Who disagreed and why; empty when nobody did")
    told = models.TextField(db_comment="What the person was told, or why they do not know yet")
    rests_until = models.DateTimeField(db_comment="Until when the clock rests")
    replied_at = models.DateTimeField(db_comment="When it was decided")
    replied_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who decided",
    )

    class Meta:
        db_table_comment = "Replies to clocks that had climbed; each ends nothing"
        constraints = [
            models.UniqueConstraint(fields=["clock", "step"], name="reply_once_per_step"),
            guards.said("decision", name="reply_with_a_decision"),
            guards.said("told", name="reply_says_whether_told"),
            guards.after("rests_until", "replied_at", name="reply_rests_a_while"),
        ]


class Sweep(Row):
    """The last sweep that a worker finished. One row for each worker; tells nothing of anyone."""

    worker = models.TextField(db_comment="The worker that swept: a host and a process")
    finished_at = models.DateTimeField(db_comment="When its last sweep finished")
    looked = models.IntegerField(db_comment="How many clocks it looked at")
    climbed = models.IntegerField(db_comment="How many steps were taken")

    class Meta:
        db_table_comment = "The last sweep of each worker that finished"
        indexes = [models.Index(fields=["finished_at"], name="sweep_by_time")]
