"""A contact: one approach to us. Mirrors `rules.contact.Contact`."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.words import ContactState


class Contact(Row):
    """Recorded once, in the caller's own words. Only the channel and the outcome must be known."""

    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that answered",
    )
    member = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who answered",
    )
    person = models.ForeignKey(
        "people.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whom it is about, once known",
    )
    channel = models.TextField(db_comment="How they reached us: telephone, text, in person and so on")
    caller_kind = models.TextField(
        db_comment="The person, a carer, a professional, or somebody we may not name"
    )
    caller_name = models.TextField(db_comment="Name of the caller")
    caller_agency = models.TextField(db_comment="Agency of a caller who is a professional")
    callback_number = models.TextField(db_comment="Where to ring back")
    safe_to_call = models.TextField(
        db_comment="Whether it is safe to ring that number, or which kind of unknown"
    )
    where = models.TextField(db_comment="Where the person is now")
    words = models.TextField(db_comment="What was said, in the caller's own words")
    wish = models.TextField(db_comment="What the person would like to happen")
    at_home = models.TextField(
        db_comment="Who else is at home: children, those who depend on the person, animals"
    )
    access_needs = models.TextField(db_comment="What the person needs so that we can reach each other")
    sharing_words = models.TextField(db_comment="What the person said about sharing this")
    state = models.TextField(db_comment="Open while something is owed to the caller, then closed")
    outcome = models.TextField(db_comment="What came of it")
    happened_at = models.DateTimeField(db_comment="When the approach was made")
    received_at = models.DateTimeField(db_comment="When it was recorded")
    closed_at = models.DateTimeField(null=True, db_comment="When it ended")
    closed_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who ended it",
    )
    closing_words = models.TextField(db_comment="What was said about its end")

    about = models.TextField(db_comment="Whom it was about, in words, where no record was chosen")
    answers = models.JSONField(
        db_comment="The answer to each question of the set: yes, no, or which kind of unknown"
    )
    question_set = models.TextField(db_comment="Which version of the set of questions was asked")

    class Meta:
        db_table_comment = "Approaches to us, from any door"
        constraints = [
            guards.one_of("state", ContactState, name="contact_state_words"),
            guards.exactly_when(
                Q(state=ContactState.CLOSED.value), "closed_at", "closed_by", name="contact_closed_by_someone"
            ),
            guards.said("channel", name="contact_channel_known"),
            guards.said("outcome", name="contact_outcome_known"),
            guards.not_before("received_at", "happened_at", name="contact_received_after_it_happened"),
            guards.not_before("closed_at", "received_at", name="contact_closed_after_received"),
            models.CheckConstraint(
                condition=Q(happened_at__gt=F("received_at") - timedelta(days=367)),
                name="contact_within_reach",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "received_at"], condition=Q(person__isnull=False), name="contact_by_person"
            ),
            models.Index(fields=["team", "received_at"], name="contact_by_team"),
        ]
