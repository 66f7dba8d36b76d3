"""Messages that leave the place. Mirrors `rules.message`."""

from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.message import CHANNELS, KINDS
from nowrongdoor.rules.words import MessageState

WAITS = Q(state=MessageState.WAITING.value)


def leads_to(model: str, comment: str, *, empty: bool = True) -> models.ForeignKey:
    """A row by name: contexts do not know one another."""
    return models.ForeignKey(
        model, null=empty, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=comment
    )


class Message(Row):
    """A text or an e-mail, promised in the act that caused it, and what came of it."""

    kind = models.TextField(
        db_comment="What it is: on the way, a leaflet, a link of a service or of an offer"
    )
    channel = models.TextField(db_comment="A text or an e-mail")
    person = leads_to("people.Person", "Whom it goes to, on their number as it stands then")
    referral = leads_to("referrals.Referral", "What it is about")
    contact = leads_to("contacts.Contact", "The contact it was promised in")
    visit = leads_to("visits.Visit", "The visit it tells of")
    service = leads_to("services.Service", "The service it goes to, as its entry says then")
    link_id = models.UUIDField(null=True, db_comment="The link it carries; its secret is not kept")
    team = leads_to("agencies.Team", "The team that promised it", empty=False)
    words = models.TextField(db_comment="What it says, without the secret of a link")
    state = models.TextField(db_comment="Waiting, taken by whoever carries it, or never to go")
    promised_at = models.DateTimeField(db_comment="When it was promised")
    promised_by = leads_to("agencies.Member", "Who promised it", empty=False)
    until_at = models.DateTimeField(db_comment="From when it is no use any more")
    due_at = models.DateTimeField(null=True, db_comment="When it is tried next; empty once it is settled")
    attempts = models.IntegerField(db_comment="How often it was tried")
    reference = models.TextField(db_comment="What whoever took it calls it")
    why = models.TextField(db_comment="Why it never went")
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken, or given up")

    class Meta:
        db_table_comment = "The outbox: what is to leave the place, and what left"
        constraints = [
            guards.one_of("kind", KINDS, name="message_kind_words"),
            guards.one_of("channel", CHANNELS, name="message_channel_words"),
            guards.one_of("state", MessageState, name="message_state_words"),
            guards.said("words", name="message_says_something"),
            guards.exactly_when(WAITS, "due_at", name="message_waits_for_its_next_try"),
            guards.exactly_when(~WAITS, "ended_at", name="message_ends_when_settled"),
            guards.said("why", when=Q(state="failed"), name="message_fails_for_a_reason"),
            guards.after("until_at", "promised_at", name="message_is_of_use_for_a_time"),
            guards.not_before("ended_at", "promised_at", name="message_ended_after_promised"),
            models.CheckConstraint(condition=Q(attempts__gte=0), name="message_tries_from_none"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(service__isnull=False) | Q(link_id__isnull=False),
                name="message_goes_to_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=WAITS, name="message_by_next_try"),
            models.Index(fields=["visit"], condition=Q(visit__isnull=False), name="message_by_visit"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="message_by_person"),
            models.Index(fields=["link_id"], condition=Q(link_id__isnull=False), name="message_by_link"),
            models.Index(fields=["service"], condition=Q(service__isnull=False), name="message_by_service"),
        ]
