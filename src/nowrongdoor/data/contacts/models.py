"""A contact: one approach to us, and of which services it told. Mirrors `rules.contact`, `rules.signpost`."""

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


class Signpost(Row):
    """Somebody was told of a service that they ask themselves: no referral, and an outcome somebody owns."""

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="In which contact"
    )
    person = models.ForeignKey(
        "people.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whom the contact was about, where that was known then",
    )
    service = models.ForeignKey(
        "services.Service",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Of which service",
    )
    told_of = models.TextField(db_comment="Its name as it was then")
    words = models.TextField(db_comment="What they were told")
    ask_after = models.TextField(db_comment="Whether they want to be asked afterwards")
    promise = models.ForeignKey(
        "promises.Promise",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The call back that is owed to whoever wants to be asked",
    )
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team of whoever told them",
    )
    told_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who told them",
    )
    told_at = models.DateTimeField(db_comment="When they were told")
    came_of = models.TextField(
        db_comment="What came of it, as they said when asked afterwards; empty while nobody has asked"
    )

    class Meta:
        db_table_comment = "Of which services somebody was told, who asks for them themselves"
        constraints = [
            guards.said("words", name="signpost_says_what"),
            guards.said("ask_after", name="signpost_says_whether_to_ask"),
            guards.exactly_when(
                Q(ask_after="wants_to_be_asked"), "promise", name="signpost_asks_by_a_promise"
            ),
        ]
        indexes = [models.Index(fields=["contact", "told_at"], name="signpost_by_contact")]
