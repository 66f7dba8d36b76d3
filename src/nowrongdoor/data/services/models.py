"""
A service of the directory, what it says of its places, and the links by which it does. Mirrors
`rules.directory` and `rules.places_link`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row


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
