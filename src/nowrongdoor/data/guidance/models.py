"""Guidance a place owns, and what it advised. Mirrors `rules.guidance_versions` and `rules.advising`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.guidance_versions import VersionState


class Version(Row):
    """A version of guidance that a place owns: written as a draft, looked at, and live from a day on."""

    name = models.TextField(db_comment="The name of the guidance")
    agency = models.ForeignKey(
        "agencies.Agency",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose it is; nobody's is the whole place's",
    )
    author = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who uploaded it",
    )
    author_agency = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="For which agency they worked then",
    )
    written_with = models.TextField(db_comment="Who wrote it too")
    lived_experience = models.BooleanField(db_comment="Whether people with lived experience wrote it too")
    why = models.TextField(db_comment="What is to change, and why")
    text = models.TextField(db_comment="The file, word for word")
    model_version = models.TextField(db_comment="Its version, from its own text")
    state = models.TextField(db_comment="Draft, in review, reviewed, live or set aside")
    uploaded_at = models.DateTimeField(db_comment="When it was uploaded")
    compared = models.JSONField(db_comment="How many cases it answers otherwise than what stands")
    compared_with = models.TextField(db_comment="The version it was compared with last")
    compared_at = models.DateTimeField(null=True, db_comment="When it was compared last")
    live_from = models.DateField(null=True, db_comment="From which day it stands")
    live_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who put it live",
    )
    ended_on = models.DateField(null=True, db_comment="From which day it stands no more")
    ended_words = models.TextField(db_comment="Why it was set aside")

    class Meta:
        db_table_comment = "Versions of guidance that a place owns"
        constraints = [
            guards.one_of("state", VersionState, name="guidance_state_words"),
            guards.said("text", name="guidance_has_a_text"),
            guards.said("why", name="guidance_says_why"),
            guards.both_or_neither("live_from", "live_by", name="guidance_live_by_somebody"),
            models.CheckConstraint(
                condition=Q(live_from__isnull=True) | Q(compared_at__isnull=False),
                name="guidance_compared_before",
            ),
            models.CheckConstraint(
                condition=~Q(state="live") | Q(live_from__isnull=False), name="guidance_live_from_a_day"
            ),
            guards.said("ended_words", name="guidance_says_why_aside", when=Q(state="set_aside")),
        ]
        indexes = [models.Index(fields=["state", "uploaded_at"], name="guidance_by_state")]


class Appraisal(Row):
    """What a partner says of a version: that they agree, or not yet and why."""

    guidance_version = models.ForeignKey(
        "guidance.Version",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="What was looked at",
    )
    agency = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="For which agency it was looked at",
    )
    member = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who looked at it",
    )
    agrees = models.BooleanField(db_comment="Whether they agree, or not yet")
    words = models.TextField(db_comment="What should be otherwise")
    appraised_at = models.DateTimeField(db_comment="When they said so")

    class Meta:
        db_table_comment = "What partners say of a version of guidance"
        constraints = [guards.said("words", name="guidance_no_has_words", when=Q(agrees=False))]
        indexes = [models.Index(fields=["guidance_version", "appraised_at"], name="appraisal_by_version")]


class Advice(Row):
    """One decision about a referral, and what guidance advised of it, from what."""

    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose need was decided on",
    )
    guidance = models.TextField(db_comment="The name of the guidance")
    decision = models.TextField(db_comment="Which decision of it was asked")
    guidance_version = models.TextField(db_comment="Its version, from its own text")
    inputs = models.JSONField(db_comment="What it was told of the case; what nobody asked is not known")
    rows = ArrayField(models.IntegerField(), db_comment="The rows of its table that spoke")
    advised = models.TextField(db_comment="The response time it advised")
    first_step = models.TextField(db_comment="What it said comes first")
    was_seen = models.BooleanField(db_comment="Whether the decider had it before them")
    decided = models.TextField(db_comment="The response time that was decided")
    reason = models.TextField(db_comment="Why otherwise, from the list of reasons")
    reason_words = models.TextField(db_comment="Why otherwise, in words")
    decided_at = models.DateTimeField(db_comment="When it was decided")
    decided_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who decided",
    )
    source = models.ForeignKey(
        "guidance.Version",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The version the place owns; none is what we ship",
    )
    is_beside = models.BooleanField(
        default=False, db_comment="Asked beside the version that stood, and advice to nobody"
    )

    class Meta:
        db_table_comment = "What guidance advised when somebody decided, and what they decided"
        constraints = [
            guards.said("guidance_version", name="advice_has_a_version"),
            guards.said("advised", name="advice_says_something"),
            models.CheckConstraint(
                condition=~Q(advised=models.F("decided")) | Q(reason="", reason_words=""),
                name="advice_reason_when_otherwise",
            ),
        ]
        indexes = [
            models.Index(fields=["referral", "decided_at"], name="advice_by_referral"),
            models.Index(fields=["decided_at"], name="advice_by_time"),
        ]


class SecondRating(Row):
    """How soon somebody else would have responded, from the facts alone; beside it what was decided."""

    advice = models.ForeignKey(
        "guidance.Advice",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The decision that was looked at again",
    )
    referral = models.ForeignKey(
        "referrals.Referral",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Whose need was decided on",
    )
    agency = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="For which agency it was looked at again",
    )
    decided = models.TextField(db_comment="The response time that was decided")
    decided_at = models.DateTimeField(db_comment="When that was decided")
    rated = models.TextField(db_comment="The response time somebody else would have chosen")
    rated_at = models.DateTimeField(db_comment="When it was looked at again")
    rated_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who looked at it again",
    )

    class Meta:
        db_table_comment = "Decisions that somebody else rated without seeing them, to learn from"
        constraints = [
            guards.said("rated", name="rating_says_how_soon"),
            guards.not_before("rated_at", "decided_at", name="rating_after_deciding"),
            models.UniqueConstraint(fields=["advice"], name="rated_once"),
        ]
        indexes = [
            models.Index(fields=["decided_at"], name="rating_by_time"),
            models.Index(fields=["referral"], name="rating_by_referral"),
        ]


class VignetteRating(Row):
    """How soon one member would respond to an invented case that many rate."""

    vignette = models.TextField(db_comment="The invented case, with the day its version stands from")
    rated = models.TextField(db_comment="The response time they would choose")
    rated_at = models.DateTimeField(db_comment="When they said so")
    rated_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who said so; shown to nobody else",
    )

    class Meta:
        db_table_comment = "What members would choose for invented cases, to learn from"
        constraints = [
            guards.said("vignette", name="vignette_rating_has_a_case"),
            guards.said("rated", name="vignette_rating_says_how_soon"),
            models.UniqueConstraint(fields=["vignette", "rated_by"], name="vignette_rated_once"),
        ]
