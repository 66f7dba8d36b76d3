"""A referral: a request that a service take someone on. Mirrors `rules.referral.Referral`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.words import ReferralState

CLOSED = Q(state=ReferralState.CLOSED.value)
WAITING = Q(state=ReferralState.WAITING.value)
UNDECIDED = Q(state__in=[ReferralState.NEW.value, ReferralState.WAITING.value, ReferralState.TRIAGED.value])
TAKEN_ON = Q(state__in=[ReferralState.ACCEPTED.value, ReferralState.UNDER_WAY.value])
CAN_WAIT = [state for state in ReferralState if state not in (ReferralState.WAITING, ReferralState.CLOSED)]


class Referral(Row):
    """Held by someone from the instant it is received until it is closed."""

    person = models.ForeignKey(
        "people.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whom it is about, once known",
    )
    contact = models.ForeignKey(
        "contacts.Contact",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The contact it came from, if any",
    )
    from_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that took it in",
    )
    needs = ArrayField(models.TextField(), db_comment="Needs, one or several; none means not known yet")
    request = models.TextField(db_comment="What is asked for")
    words = models.TextField(db_comment="What was said, in the person's or referrer's own words")
    urgency = models.TextField(null=True, db_comment="Response time set by triage; empty until then")
    standard = models.TextField(db_comment="The standard, with its date, that the due time follows")
    state = models.TextField(db_comment="New, waiting, triaged, accepted, under way or closed")
    waiting_from = models.TextField(null=True, db_comment="The state it goes back to when the answer comes")
    received_at = models.DateTimeField(db_comment="When it was received; nothing restarts this")
    due_at = models.DateTimeField(db_comment="When the response falls due")
    triaged_at = models.DateTimeField(null=True, db_comment="When a specialist last decided")
    triaged_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The specialist who decided",
    )
    triage_words = models.TextField(db_comment="Why it was decided so")
    triaged_as = models.TextField(db_comment="Discipline of the specialist who decided; empty if not known")
    triaged_as_words = models.TextField(
        db_comment="Why someone decided whose discipline does not usually decide on these needs"
    )
    accepted_at = models.DateTimeField(null=True, db_comment="When a team took the person on")
    closed_at = models.DateTimeField(null=True, db_comment="When it was closed")
    closed_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who closed it",
    )
    outcome = models.TextField(db_comment="How it ended")
    told = models.TextField(db_comment="What the person was told at the end")
    told_by = models.TextField(db_comment="How or by whom they were told")
    duplicate_of = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The earlier referral for the same request, which stays held",
    )
    reopened_at = models.DateTimeField(null=True, db_comment="When it was last reopened")
    reopening_words = models.TextField(db_comment="Why it was reopened")

    class Meta:
        db_table_comment = "Requests that a service take someone on"
        constraints = [
            guards.one_of("state", ReferralState, name="referral_state_words"),
            guards.exactly_when(CLOSED, "closed_at", "closed_by", name="referral_closed_by_someone"),
            guards.said("outcome", when=CLOSED, name="referral_closed_with_outcome"),
            guards.said("told", when=CLOSED, name="referral_closed_and_told"),
            guards.said("told_by", when=CLOSED, name="referral_closed_and_told_by"),
            models.CheckConstraint(
                condition=CLOSED | Q(outcome="", told="", told_by="", duplicate_of__isnull=True),
                name="referral_open_has_no_outcome",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="referral_not_its_own_duplicate",
            ),
            guards.both_or_neither("triaged_at", "triaged_by", name="referral_triaged_by_someone"),
            guards.both_or_neither("triaged_at", "urgency", name="referral_triaged_with_urgency"),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.TRIAGED.value) | Q(triaged_at__isnull=False),
                name="referral_triaged_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~TAKEN_ON | Q(accepted_at__isnull=False), name="referral_accepted_at_an_instant"
            ),
            guards.exactly_when(WAITING, "waiting_from", name="referral_waits_from_a_state"),
            guards.one_of("waiting_from", CAN_WAIT, name="referral_waiting_from_words"),
            guards.not_before("due_at", "received_at", name="referral_due_after_received"),
            guards.not_before("triaged_at", "received_at", name="referral_triaged_after_received"),
            guards.not_before("accepted_at", "received_at", name="referral_accepted_after_received"),
            guards.not_before("closed_at", "received_at", name="referral_closed_after_received"),
            guards.not_before("reopened_at", "received_at", name="referral_reopened_after_received"),
            guards.said(
                "reopening_words", when=Q(reopened_at__isnull=False), name="referral_reopened_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=~CLOSED, name="referral_open_by_due"),
            models.Index(fields=["closed_at", "id"], condition=CLOSED, name="referral_closed_by_time"),
            models.Index(fields=["due_at", "id"], condition=UNDECIDED, name="referral_undecided_by_due"),
            models.Index(
                fields=["person", "received_at"], condition=Q(person__isnull=False), name="referral_by_person"
            ),
            models.Index(fields=["contact"], condition=Q(contact__isnull=False), name="referral_by_contact"),
        ]
