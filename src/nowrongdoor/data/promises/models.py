"""Promises, their escalations and calls just to talk. Mirrors `rules.promise` and `rules.talk`."""

from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.words import PromiseKind, PromiseState

OPEN = Q(state=PromiseState.OPEN.value)
WAITS = Q(kind=PromiseKind.SECOND_READING.value)


class Promise(Row):
    """Something one team owes a person by a time, until it is kept or let go with a reason."""

    kind = models.TextField(db_comment="A call back, information asked for, or a re-homing to settle")
    contact = models.ForeignKey(
        "contacts.Contact",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The contact it was made in",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The referral it is about",
    )
    person = models.ForeignKey(
        "people.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The person it is owed to, where known",
    )
    owner_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that owes it",
    )
    owner_member = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The member who owes it by name, if any",
    )
    asked_of = models.TextField(db_comment="Who is asked, when something must be found out")
    words = models.TextField(db_comment="What is owed")
    made_at = models.DateTimeField(db_comment="When it was made")
    due_at = models.DateTimeField(db_comment="When it falls due, or is to be answered since it was escalated")
    as_of_at = models.DateTimeField(db_comment="When it was last looked at")
    escalation_level = models.IntegerField(db_comment="How often it has been escalated")
    state = models.TextField(db_comment="Open, kept or let go")
    ended_at = models.DateTimeField(null=True, db_comment="When it was kept or let go")
    ended_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who kept it or let it go",
    )
    ending_words = models.TextField(db_comment="What came of it, or why it is no longer owed")

    standard = models.TextField(
        db_comment="The standard it is due by, with its date; empty where somebody named a time"
    )
    held_words = models.TextField(
        db_comment="What was written for colleagues and stands only when a second person has read it"
    )
    written_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who wrote it, and so may not be its second reader",
    )
    held_from = models.TextField(
        db_comment="In which part of a record that was found; empty where it is what staff would know first"
    )

    class Meta:
        db_table_comment = "What a team owes a person by a time"
        constraints = [
            guards.one_of("kind", PromiseKind, name="promise_kind_words"),
            guards.one_of("state", PromiseState, name="promise_state_words"),
            guards.exactly_when(~OPEN, "ended_at", "ended_by", name="promise_ended_by_someone"),
            guards.said("ending_words", when=~OPEN, name="promise_ended_with_words"),
            guards.after("due_at", "made_at", name="promise_due_after_made"),
            guards.not_before("as_of_at", "made_at", name="promise_seen_after_made"),
            guards.not_before("ended_at", "made_at", name="promise_ended_after_made"),
            guards.exactly_when(WAITS, "written_by", name="promise_held_words_have_a_writer"),
            guards.said("held_words", when=WAITS, name="promise_what_waits_is_said"),
            # Whoever wrote what may keep help from somebody is never the one who lets it stand.
            models.CheckConstraint(
                condition=Q(written_by__isnull=True)
                | Q(ended_by__isnull=True)
                | ~Q(ended_by=F("written_by")),
                name="promise_read_by_another",
            ),
            models.CheckConstraint(condition=Q(escalation_level__gte=0), name="promise_level_from_none"),
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | Q(referral__isnull=False) | Q(person__isnull=False),
                name="promise_is_about_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["owner_team", "due_at"], condition=OPEN, name="promise_open_by_owner"),
            models.Index(fields=["due_at"], condition=OPEN, name="promise_open_by_due"),
            models.Index(fields=["contact"], condition=Q(contact__isnull=False), name="promise_by_contact"),
            models.Index(
                fields=["referral"], condition=Q(referral__isnull=False), name="promise_by_referral"
            ),
        ]


class Escalation(Row):
    """A promise past its due time, raised to someone who can act."""

    promise = models.ForeignKey(
        Promise,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The promise that is late",
    )
    level = models.IntegerField(db_comment="First, second and so on")
    to_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team it was raised to",
    )
    words = models.TextField(db_comment="What was said when it was raised")
    escalated_at = models.DateTimeField(db_comment="When it was raised")
    escalated_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who raised it",
    )

    class Meta:
        db_table_comment = "Late promises, each raised to someone who can act"
        constraints = [
            models.UniqueConstraint(fields=["promise", "level"], name="escalation_once_per_level"),
            models.CheckConstraint(condition=Q(level__gte=1), name="escalation_level_from_one"),
        ]
        indexes = [models.Index(fields=["to_team"], name="escalation_by_team")]


class Talk(Row):
    """What a network of volunteers is told of a call just to talk that it owes, and its tries."""

    promise = models.ForeignKey(
        Promise,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The promise to ring, by its time",
    )
    service = models.ForeignKey(
        "services.Service",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Which network of the directory was asked",
    )
    ask_for = models.TextField(db_comment="The first name that a volunteer asks for")
    number = models.TextField(db_comment="Which number they ring")
    safe_to_call = models.TextField(
        db_comment="Whether it is safe to ring, as was known when asked for or last taken"
    )
    suits_from = models.DateTimeField(null=True, db_comment="From when it suits the person to be rung")
    words = models.TextField(db_comment="What the person would like to talk about, in their own words")
    asked_team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that asked for the call",
    )
    asked_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who asked for it, and has it again when nobody answers",
    )
    asked_at = models.DateTimeField(db_comment="When it was asked for")
    tries = models.IntegerField(db_comment="How often nobody answered")

    class Meta:
        db_table_comment = "Calls just to talk that a network was asked for, with the person's yes"
        constraints = [
            models.UniqueConstraint(fields=["promise"], name="talk_once_per_promise"),
            guards.said("ask_for", name="talk_says_whom_to_ask_for"),
            guards.said("number", name="talk_says_which_number"),
            models.CheckConstraint(condition=Q(tries__gte=0), name="talk_tries_from_none"),
        ]
