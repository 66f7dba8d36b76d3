"""Decisions with the police about who responds, and their reviews. Mirrors the rules of the same names."""

from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.police_review import LEVELS
from nowrongdoor.rules.words import PoliceOutcome

DECLINED = Q(outcome=PoliceOutcome.NOT_ATTENDING.value)


class PoliceDecision(Row):
    """What was decided with the police, from what, and who holds the person where they do not attend."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose need it is about",
    )
    follows = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The decision before it, which stays",
    )
    force = models.TextField(db_comment="The police force that was asked")
    category = models.TextField(db_comment="What the call is about")
    sector = models.TextField(db_comment="Who asked: health, social care, the public")
    age = models.IntegerField(null=True, db_comment="The age of the person, where known")
    question_set = models.TextField(db_comment="The version of the questions that were asked")
    answers = models.JSONField(db_comment="The answer to each question")
    policies = models.TextField(db_comment="The policies of the force that applied, by version")
    guidance = models.TextField(db_comment="The version of the guidance, and its rows that were met")
    advice = models.TextField(db_comment="Who guidance says is asked to respond")
    new_fact = models.TextField(db_comment="What was new, where that asked anew")
    outcome = models.TextField(db_comment="Attend, attend together, not attend, or not known yet")
    reason = models.TextField(db_comment="Why, from the list of reasons")
    words = models.TextField(db_comment="What the police said")
    log_reference = models.TextField(db_comment="The number of the police log, and no more of theirs")
    accepting_team = models.ForeignKey(
        "agencies.Team",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that accepted, where the police do not attend",
    )
    accepted_by = models.TextField(db_comment="Who of that team accepted")
    accepted_at = models.DateTimeField(null=True, db_comment="When they accepted")
    going = models.TextField(db_comment="Who goes to the person, or rings them")
    arrives_at = models.DateTimeField(null=True, db_comment="When they are expected there")
    safe_until = models.DateTimeField(null=True, db_comment="By when somebody must be with the person")
    told = models.TextField(db_comment="Whether the caller was told, or is rung back")
    call_back_when = models.TextField(db_comment="When the caller is to ring again at once")
    recheck_at = models.DateTimeField(db_comment="When it is looked at again")
    decided_at = models.DateTimeField(db_comment="When it was decided")
    decided_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who recorded it",
    )
    seen_at = models.DateTimeField(null=True, db_comment="When the police saw them, or looked")
    seen_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who recorded what the police saw",
    )
    seen_as = models.TextField(db_comment="What the police could confirm; that is no assessment")
    seen_words = models.TextField(db_comment="What they said of it")
    disputed_at = models.DateTimeField(null=True, db_comment="When a disagreement was recorded")
    disputed_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who recorded the disagreement",
    )
    our_view = models.TextField(db_comment="What we think, and why")
    police_view = models.TextField(db_comment="What the police think, and why")
    our_rank = models.TextField(db_comment="Who of ours settles it")
    police_rank = models.TextField(db_comment="Who of the police settles it")
    review_level = models.TextField(db_comment="At which level its review is owed, where they disagree")
    review_from_at = models.DateTimeField(null=True, db_comment="Since when it is owed at that level")
    review_due_at = models.DateTimeField(null=True, db_comment="By when it is owed at that level")
    review_ended_at = models.DateTimeField(null=True, db_comment="When a review ended what is owed")

    class Meta:
        db_table_comment = "Decisions with the police: who responds, and who holds the person"
        constraints = [
            guards.one_of("outcome", PoliceOutcome, name="police_outcome_words"),
            guards.said("reason", name="police_says_why"),
            guards.said("told", name="police_says_whether_told"),
            guards.said("call_back_when", name="police_says_when_to_ring"),
            guards.after("recheck_at", "decided_at", name="police_looked_at_again"),
            guards.exactly_when(DECLINED, "accepting_team", "accepted_at", name="police_no_has_a_holder"),
            models.CheckConstraint(
                condition=~DECLINED
                | (Q(safe_until__isnull=False) & ~Q(accepted_by="") & ~Q(going="") & ~Q(advice="ask_more")),
                name="police_no_says_who_goes",
            ),
            models.CheckConstraint(
                condition=~DECLINED | Q(recheck_at__lte=models.F("safe_until")),
                name="police_no_looked_at_in_time",
            ),
            guards.not_before("accepted_at", "decided_at", name="police_accepted_then"),
            guards.both_or_neither("seen_at", "seen_by", name="police_seen_by_somebody"),
            models.CheckConstraint(
                condition=(Q(seen_at__isnull=True, seen_as="")) | (Q(seen_at__isnull=False) & ~Q(seen_as="")),
                name="police_seen_somehow",
            ),
            models.CheckConstraint(
                condition=Q(
                    disputed_at__isnull=True,
                    disputed_by__isnull=True,
                    our_view="",
                    police_view="",
                    our_rank="",
                    police_rank="",
                )
                | (
                    Q(disputed_at__isnull=False, disputed_by__isnull=False)
                    & ~Q(our_view="")
                    & ~Q(police_view="")
                    & ~Q(our_rank="")
                    & ~Q(police_rank="")
                ),
                name="police_dispute_has_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(
                    disputed_at__isnull=True,
                    review_level="",
                    review_from_at__isnull=True,
                    review_due_at__isnull=True,
                    review_ended_at__isnull=True,
                )
                | Q(
                    disputed_at__isnull=False,
                    review_level__in=LEVELS,
                    review_from_at__isnull=False,
                    review_due_at__isnull=False,
                ),
                name="police_dispute_owes_a_review",
            ),
            models.UniqueConstraint(fields=["follows"], name="police_followed_once"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(follows__isnull=True), name="police_first_once"
            ),
        ]
        indexes = [models.Index(fields=["referral", "decided_at"], name="police_by_referral")]


class PoliceReview(Row):
    """What a review of a disagreement with the police found, at one level."""

    decision = models.ForeignKey(
        PoliceDecision,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The decision that was disputed",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose need it was about",
    )
    level = models.TextField(db_comment="Bronze, silver or gold")
    took_part = models.TextField(db_comment="Who of the police took part")
    learned = models.TextField(db_comment="What was learned")
    finding = models.TextField(db_comment="Something changes, nothing does, or it is passed up")
    change = models.TextField(db_comment="What changes")
    change_by = models.TextField(db_comment="Who sees to the change")
    change_on = models.DateField(null=True, db_comment="By which day it is done")
    reviewed_at = models.DateTimeField(db_comment="When it was reviewed")
    reviewed_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who recorded the review",
    )

    class Meta:
        db_table_comment = "Reviews of disagreements with the police: what was learned and what changes"
        constraints = [
            guards.one_of("level", LEVELS, name="police_review_level_words"),
            guards.said("learned", name="police_review_says_what_was_learned"),
            guards.said("finding", name="police_review_says_what_follows"),
            models.CheckConstraint(
                condition=Q(change="", change_by="", change_on__isnull=True)
                | (~Q(change="") & ~Q(change_by="") & Q(change_on__isnull=False)),
                name="police_review_change_has_who_and_when",
            ),
            models.UniqueConstraint(fields=["decision", "level"], name="police_review_once_a_level"),
        ]
        indexes = [models.Index(fields=["referral"], name="police_review_by_referral")]


class PolicePath(Row):
    """Which path somebody is on, and how far each thing on its list is."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose need it is about",
    )
    path = models.TextField(db_comment="Absent, walked out, missing, section 136 or being moved")
    checklist = models.TextField(db_comment="The version of the list that is asked")
    words = models.TextField(db_comment="What was said as it was chosen")
    answers = models.JSONField(db_comment="By the step: how far it is, who sees to it, what came of it, when")
    chosen_at = models.DateTimeField(db_comment="When it was chosen")
    chosen_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who chose it",
    )

    class Meta:
        db_table_comment = "Paths of those about whom the police may be asked, each with its list"
        constraints = [
            guards.said("path", name="police_path_is_named"),
            guards.said("checklist", name="police_path_has_its_list"),
            models.UniqueConstraint(fields=["referral", "path"], name="police_path_once"),
        ]
