"""
Services, what they say of their places and the links by which they do, what is suggested of them, and what
was looked for. Mirrors `rules.directory`, `rules.places_link`, `rules.suggestion` and `rules.gaps`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.words import SuggestionState

WAITS = models.Q(state=SuggestionState.SUGGESTED.value)
TURNED_DOWN = models.Q(state=SuggestionState.TURNED_DOWN.value)


class Service(Row):
    """What a team or an organisation outside offers, who for, and when."""

    agency = models.ForeignKey(
        "agencies.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who offers it; empty for an organisation outside, which the record names",
    )
    team = models.ForeignKey(
        "agencies.Team",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team to offer a referral to; empty when reached by telephone",
    )
    name = models.TextField(db_comment="Name of the service")
    summary = models.TextField(db_comment="What it does and for whom")
    needs = ArrayField(models.TextField(), db_comment="Needs it can meet")
    hours = models.TextField(db_comment="When it is open, in words")
    phone = models.TextField(db_comment="The number to ring")
    record = models.JSONField(db_comment="What the entry says besides, in the terms of Open Referral UK 3.0")
    feed = models.TextField(db_comment="The feed it came from; empty when entered here")
    missing_since = models.DateTimeField(null=True, db_comment="Since when its feed no longer has it")
    hides_address = models.BooleanField(db_comment="Where it is must not be known: never published")

    class Meta:
        db_table_comment = "The directory of services"
        indexes = [
            models.Index(fields=["feed", "id"], name="service_by_feed"),
            models.Index(fields=["team"], name="service_of_team", condition=models.Q(team__isnull=False)),
        ]


class Capacity(Row):
    """What a service last said of its places."""

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Which service"
    )
    state = models.TextField(db_comment="Has places, few, or full")
    places = models.IntegerField(null=True, db_comment="How many; empty when not said")
    said_by = models.TextField(db_comment="Who said so, in words")
    said_at = models.DateTimeField(db_comment="When it was said")
    counts_until = models.DateTimeField(db_comment="From then on it is unknown again")
    opens_again_at = models.DateTimeField(null=True, db_comment="When people are taken on again, if said")

    class Meta:
        db_table_comment = "What services last said of their places"
        indexes = [models.Index(fields=["said_at"], name="capacity_by_said")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=models.F("service_id")), name="capacity_once_for_a_service"
            ),
            models.CheckConstraint(
                condition=models.Q(counts_until__gt=models.F("said_at")), name="capacity_counts_for_a_while"
            ),
            models.CheckConstraint(
                condition=models.Q(places__isnull=True) | models.Q(places__gte=0),
                name="capacity_not_negative",
            ),
        ]


class PlacesLink(Row):
    """A link by which a service says how many places it has. Only a digest of its secret is kept."""

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Which service"
    )
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team whose member made it",
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
    last_said_at = models.DateTimeField(null=True, db_comment="When something was last said by it")
    times = models.IntegerField(db_comment="How often something was said by it")

    class Meta:
        db_table_comment = "Links by which a service says how many places it has"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="places_link_one_secret"),
            guards.said("digest", name="places_link_has_a_secret"),
            guards.after("until_at", "made_at", name="places_link_lasts_a_while"),
            guards.both_or_neither("withdrawn_at", "withdrawn_by", name="places_link_withdrawn_by_someone"),
        ]
        indexes = [models.Index(fields=["service", "made_at"], name="places_link_by_service")]


class Suggestion(Row):
    """What somebody says an entry should say, and what its keeper answered."""

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Which entry"
    )
    part = models.TextField(db_comment="What of it should say something else")
    says = models.TextField(db_comment="What it should say")
    why = models.TextField(db_comment="How whoever suggests it knows")
    state = models.TextField(db_comment="Suggested, approved or turned down")
    suggested_at = models.DateTimeField(db_comment="When it was suggested")
    suggested_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who suggests it",
    )
    answered_at = models.DateTimeField(null=True, db_comment="When its keeper answered")
    answered_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who answered",
    )
    answer = models.TextField(db_comment="Why it was turned down")

    class Meta:
        db_table_comment = "What entries should say, and what their keepers answered"
        indexes = [
            models.Index(fields=["service"], condition=WAITS, name="suggestion_waits_by_service"),
            models.Index(fields=["service", "suggested_at"], name="suggestion_by_service"),
        ]
        constraints = [
            guards.one_of("state", SuggestionState, name="suggestion_state_words"),
            guards.said("says", name="suggestion_says_what"),
            guards.said("why", name="suggestion_says_why"),
            guards.exactly_when(~WAITS, "answered_at", "answered_by", name="suggestion_answered_by_someone"),
            guards.not_before("answered_at", "suggested_at", name="suggestion_answered_after"),
            guards.said("answer", when=TURNED_DOWN, name="suggestion_no_has_a_reason"),
        ]


class Sitting(Row):
    """What was looked for at one desk for one purpose, without anybody in it: the gap ledger."""

    asked_on = models.DateField(db_comment="On which day")
    hour = models.IntegerField(db_comment="In which hour on the wall; never to the minute")
    needs = ArrayField(models.TextField(), db_comment="Needs that were looked for")
    unmet = ArrayField(models.TextField(), db_comment="Those of them for which nothing fits")
    age = models.TextField(db_comment="Which band of ages, if said")
    district = models.TextField(db_comment="First part of a postcode, if said")
    why = models.TextField(db_comment="What stood in the way; empty where all needs are met")
    said = models.IntegerField(db_comment="How much was asked for; the search that said most counts")
    by_one = models.JSONField(db_comment="How many services missed nothing but this, by criterion")
    near = models.JSONField(db_comment="Services that were shown and missed one thing, and which")

    class Meta:
        db_table_comment = "What was looked for in the directory, about nobody"
        indexes = [models.Index(fields=["asked_on"], name="sitting_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hour__gte=0) & models.Q(hour__lte=23), name="sitting_hour_of_a_day"
            ),
            models.CheckConstraint(
                condition=(models.Q(unmet__len=0) & models.Q(why=""))
                | (models.Q(unmet__len__gt=0) & ~models.Q(why="")),
                name="sitting_unmet_says_why",
            ),
        ]
