"""
Offers and their answers, how they were chased, and the links that answer them. Mirrors `rules.handover`,
`rules.chase` and `rules.answer_link`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.words import HandoverState

OFFERED = Q(state=HandoverState.OFFERED.value)
ACCEPTED = Q(state=HandoverState.ACCEPTED.value)
RETURNED = Q(state=HandoverState.RETURNED.value)
SAID_NO = Q(state__in=[HandoverState.RETURNED.value, HandoverState.WITHDRAWN.value])


class Handover(Row):
    """An offer and its answer. The giver holds the person until the receiver accepts."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="What is offered",
    )
    holding = models.ForeignKey(
        "holdings.Holding",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The giver's holding",
    )
    giver_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that holds",
    )
    giver_member = models.ForeignKey(
        "agencies.Member", on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Who offers"
    )
    receiver_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that is asked",
    )
    why_urgent = models.TextField(db_comment="How soon, and why")
    summary = models.TextField(db_comment="What has happened")
    done = models.TextField(db_comment="What has been done so far")
    ask = models.TextField(db_comment="What the receiver is asked to do")
    watch_for = models.TextField(db_comment="What to watch for, and what to do then")
    told = models.TextField(db_comment="What the person has been told")
    sharing_basis = models.TextField(db_comment="On which ground this is shared")
    state = models.TextField(db_comment="Offered, accepted, returned or withdrawn")
    offered_at = models.DateTimeField(db_comment="When it was offered")
    answer_by = models.DateTimeField(db_comment="When it must be answered; a return does not restart this")
    hop = models.IntegerField(db_comment="How many teams have been asked, this one included")
    after = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The returned offer that led to this one",
    )
    answered_at = models.DateTimeField(null=True, db_comment="When it was accepted, returned or withdrawn")
    answered_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who accepted, returned or withdrew it",
    )
    read_back = models.TextField(db_comment="The receiver says in a line what they will do")
    reason = models.TextField(db_comment="Why it was returned or withdrawn")
    reason_words = models.TextField(db_comment="Why, in words")
    next_team = models.ForeignKey(
        "agencies.Team",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team a return names to be asked next",
    )
    next_handover = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The offer made to that team in the same act",
    )

    standard = models.TextField(
        db_comment="The standard its answer is due by, with its date; empty where older than that"
    )

    service = models.ForeignKey(
        "services.Service",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="For which service of the team that is asked; empty where not said",
    )

    class Meta:
        db_table_comment = "Offers of answerability, and their answers"
        constraints = [
            # I2: at most one live offer for each holding and each referral, and never to oneself.
            models.UniqueConstraint(fields=["holding"], condition=OFFERED, name="handover_one_live_offer"),
            models.UniqueConstraint(
                fields=["referral"], condition=OFFERED, name="handover_one_live_offer_a_referral"
            ),
            models.CheckConstraint(condition=~Q(giver_team=F("receiver_team")), name="handover_not_to_self"),
            models.CheckConstraint(
                condition=Q(next_team__isnull=True)
                | (~Q(next_team=F("giver_team")) & ~Q(next_team=F("receiver_team"))),
                name="handover_returned_to_another",
            ),
            guards.one_of("state", HandoverState, name="handover_state_words"),
            guards.exactly_when(~OFFERED, "answered_at", "answered_by", name="handover_answered_by_someone"),
            guards.not_before("answered_at", "offered_at", name="handover_answered_after_offered"),
            guards.said("ask", name="handover_asks_something"),
            models.CheckConstraint(
                condition=(ACCEPTED & ~Q(read_back="")) | (~ACCEPTED & Q(read_back="")),
                name="handover_read_back",
            ),
            guards.exactly_when(RETURNED, "next_team", "next_handover", name="handover_returned_names_next"),
            guards.said("reason", when=SAID_NO, name="handover_no_has_a_reason"),
            models.CheckConstraint(condition=Q(hop__gte=1), name="handover_hop_from_one"),
            models.CheckConstraint(
                condition=Q(after__isnull=False) | Q(answer_by__gte=F("offered_at")),
                name="handover_time_to_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["receiver_team", "answer_by"], condition=OFFERED, name="handover_live_by_receiver"
            ),
            models.Index(
                fields=["giver_team", "answer_by"], condition=OFFERED, name="handover_live_by_giver"
            ),
            models.Index(fields=["referral", "offered_at"], name="handover_by_referral"),
        ]


class Chase(Row):
    """Once that the giver asked after an offer nobody had answered."""

    handover = models.ForeignKey(
        Handover,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The offer",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="What is offered",
    )
    how = models.TextField(db_comment="By telephone, by message or in person")
    words = models.TextField(db_comment="What was said, or that nobody answered")
    chased_at = models.DateTimeField(db_comment="When the receiver was asked")
    chased_by = models.ForeignKey(
        "agencies.Member", on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Who asked"
    )

    class Meta:
        db_table_comment = "How often, and in which words, the giver asked after an offer"
        constraints = [
            guards.said("how", name="chase_says_how"),
            guards.said("words", name="chase_says_what_was_said"),
        ]
        indexes = [models.Index(fields=["handover", "chased_at"], name="chase_by_handover")]


class AnswerLink(Row):
    """
    A link by which a team without sign-ins answers one offer, or goes on once it has accepted by one. Only a
    digest of its secret is kept.
    """

    handover = models.ForeignKey(
        Handover,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The offer it answers",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="What is offered",
    )
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that answers by it",
    )
    digest = models.TextField(db_comment="Digest of its secret, which is not kept")
    made_at = models.DateTimeField(db_comment="When it was made")
    made_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who made it",
    )
    until_at = models.DateTimeField(db_comment="Up to but not including this instant it opens")
    withdrawn_at = models.DateTimeField(null=True, db_comment="When it was taken back, if it was")
    withdrawn_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who took it back",
    )
    received_at = models.DateTimeField(null=True, db_comment="When it was opened first")
    last_received_at = models.DateTimeField(null=True, db_comment="When it was opened last")
    last_received_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who opened it last, by the name they gave",
    )
    times = models.IntegerField(db_comment="How often it was opened")
    devices = ArrayField(models.TextField(), db_comment="Marks of the browsers that opened it")
    answered_at = models.DateTimeField(null=True, db_comment="When the offer was answered by it")
    goes_on = models.BooleanField(
        default=False, db_comment="It answers nothing: by it the team that accepted writes what follows"
    )

    class Meta:
        db_table_comment = "Links by which a team without sign-ins answers one offer"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="answer_link_one_secret"),
            guards.said("digest", name="answer_link_has_a_secret"),
            guards.after("until_at", "made_at", name="answer_link_lasts_a_while"),
            guards.both_or_neither("withdrawn_at", "withdrawn_by", name="answer_link_withdrawn_by_someone"),
            guards.both_or_neither("received_at", "last_received_at", name="answer_link_received_first"),
            guards.both_or_neither(
                "last_received_at", "last_received_by", name="answer_link_received_by_someone"
            ),
            guards.not_before("answered_at", "last_received_at", name="answer_link_answered_after_received"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(last_received_at__isnull=False),
                name="answer_link_answered_by_who_read_it",
            ),
            models.CheckConstraint(
                condition=Q(goes_on=False) | Q(answered_at__isnull=True), name="onward_link_answers_nothing"
            ),
        ]
        indexes = [
            models.Index(fields=["handover", "made_at"], name="answer_link_by_handover"),
            models.Index(
                fields=["team", "answered_at"],
                condition=Q(answered_at__isnull=False),
                name="answer_link_by_team",
            ),
        ]
