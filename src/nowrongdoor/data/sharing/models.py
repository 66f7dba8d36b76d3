"""
Who may look beyond their own part, and who looks into that. Mirrors `rules.sharing`, `rules.sealing`,
`rules.opening`, `rules.review` and `rules.agreement`.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.opening import OpeningKind
from nowrongdoor.rules.review import ReviewKind

WITHDRAWN = Q(withdrawn_at__isnull=False)
LIFTED = Q(lifted_at__isnull=False)
DECIDED = Q(decided_at__isnull=False)


def leads_to(model: str, comment: str, *, empty: bool = False) -> models.ForeignKey:
    """A row of another context, by name: contexts do not know one another."""
    return models.ForeignKey(
        model, null=empty, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=comment
    )


class SharingDecision(Row):
    """A team of another agency may know what others know of a person, until it is withdrawn."""

    person = leads_to("people.Person", "Whose care it is about, once known", empty=True)
    referral = leads_to("referrals.Referral", "The referral it was decided for, if any", empty=True)
    handover = leads_to("handovers.Handover", "The offer that decided it, if any", empty=True)
    to_team = leads_to("agencies.Team", "The team that may know")
    by_team = leads_to("agencies.Team", "The team that shares")
    purpose = models.TextField(db_comment="What it may be used for")
    gdpr_basis = models.TextField(db_comment="Ground of data protection law")
    confidentiality_basis = models.TextField(db_comment="Why it breaks no confidence")
    words = models.TextField(db_comment="Why, for this person")
    told = models.TextField(db_comment="Whether the person knows, or why not")
    decided_at = models.DateTimeField(db_comment="From when it may be known")
    decided_by = leads_to("agencies.Member", "Who decided")
    withdrawn_at = models.DateTimeField(null=True, db_comment="From when it may not any more")
    withdrawn_by = leads_to("agencies.Member", "Who recorded that", empty=True)
    withdrawal_words = models.TextField(db_comment="Why it is no longer shared")

    class Meta:
        db_table_comment = "Decisions to share with a team of another agency"
        constraints = [
            guards.exactly_when(
                WITHDRAWN, "withdrawn_at", "withdrawn_by", name="sharing_withdrawn_by_someone"
            ),
            guards.said("withdrawal_words", when=WITHDRAWN, name="sharing_withdrawn_for_a_reason"),
            guards.not_before("withdrawn_at", "decided_at", name="sharing_withdrawn_after_decided"),
            guards.said("gdpr_basis", name="sharing_has_a_gdpr_basis"),
            guards.said("confidentiality_basis", name="sharing_has_a_confidentiality_basis"),
            guards.said("told", name="sharing_says_whether_told"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(referral__isnull=False), name="sharing_is_about_someone"
            ),
            models.CheckConstraint(condition=~Q(to_team=F("by_team")), name="sharing_not_with_oneself"),
        ]
        indexes = [
            models.Index(fields=["person", "decided_at"], name="sharing_by_person"),
            models.Index(fields=["referral"], name="sharing_by_referral"),
        ]


class Seal(Row):
    """A referral, a contact or a whole person kept from all but those who take part in it."""

    person = leads_to("people.Person", "Who is restricted, or whose item it is", empty=True)
    referral = leads_to("referrals.Referral", "The referral that is sealed, if one is", empty=True)
    contact = leads_to("contacts.Contact", "The contact that is sealed, if one is", empty=True)
    why = models.TextField(db_comment="For which reason of the list")
    words = models.TextField(db_comment="Why, in words")
    team = leads_to("agencies.Team", "The team that sealed it")
    sealed_at = models.DateTimeField(db_comment="When it was sealed")
    sealed_by = leads_to("agencies.Member", "Who sealed it")
    lifted_at = models.DateTimeField(null=True, db_comment="When the seal was lifted")
    lifted_by = leads_to("agencies.Member", "Who lifted it", empty=True)
    lifting_words = models.TextField(db_comment="Why it was lifted")
    against_agency = leads_to(
        "agencies.Agency", "From which agency somebody is kept safe, if any", empty=True
    )
    against_member = leads_to(
        "agencies.Member", "From which member somebody is kept safe, if any", empty=True
    )
    carried_from = leads_to(
        "sharing.Seal", "The seal on another record of the same person it goes with, if any", empty=True
    )

    class Meta:
        db_table_comment = "What is kept from all but those who take part in it"
        constraints = [
            guards.exactly_when(LIFTED, "lifted_at", "lifted_by", name="seal_lifted_by_someone"),
            guards.said("lifting_words", when=LIFTED, name="seal_lifted_for_a_reason"),
            guards.not_before("lifted_at", "sealed_at", name="seal_lifted_after_sealed"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(referral__isnull=False) | Q(contact__isnull=False),
                name="seal_is_on_something",
            ),
            models.CheckConstraint(
                condition=Q(referral__isnull=True) | Q(contact__isnull=True), name="seal_is_on_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(against_agency__isnull=True) | Q(against_member__isnull=True),
                name="seal_is_against_one",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=~LIFTED & Q(referral__isnull=True, contact__isnull=True, carried_from__isnull=True),
                name="seal_one_restriction_a_person",
            ),
            models.UniqueConstraint(
                fields=["person", "carried_from"],
                condition=~LIFTED & Q(carried_from__isnull=False),
                name="seal_carried_once",
            ),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True) | Q(referral__isnull=True, contact__isnull=True),
                name="seal_carried_is_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=~LIFTED & Q(referral__isnull=False),
                name="seal_one_a_referral",
            ),
            models.UniqueConstraint(
                fields=["contact"],
                condition=~LIFTED & Q(contact__isnull=False),
                name="seal_one_a_contact",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=~LIFTED, name="seal_by_person")]


class Opening(Row):
    """One member may look at one person's record for a while, without a part in their care."""

    kind = models.TextField(db_comment="Claimed, or glass broken")
    person = leads_to("people.Person", "Whose record")
    member = leads_to("agencies.Member", "Who may look")
    team = leads_to("agencies.Team", "For which team")
    purpose = models.TextField(db_comment="What for")
    reason = models.TextField(db_comment="Which reason of the list")
    words = models.TextField(db_comment="Why, in words")
    opened_at = models.DateTimeField(db_comment="From this instant")
    until_at = models.DateTimeField(db_comment="Up to but not including this instant")

    class Meta:
        db_table_comment = "Records opened for a while by saying why, or by breaking the glass"
        constraints = [
            guards.one_of("kind", OpeningKind, name="opening_kind_words"),
            guards.after("until_at", "opened_at", name="opening_has_length"),
            guards.said("reason", name="opening_has_a_reason"),
            guards.said("words", when=Q(kind=OpeningKind.BREAK_GLASS.value), name="opening_glass_says_why"),
        ]
        indexes = [
            models.Index(fields=["person", "opened_at"], name="opening_by_person"),
            models.Index(fields=["member", "opened_at"], name="opening_by_member"),
        ]


class Permission(Row):
    """A carer may read what the person chose, until a day or until it is taken back."""

    person = leads_to("people.Person", "Who lets their record be read")
    carer_name = models.TextField(db_comment="Who may read it")
    carer_is = models.TextField(db_comment="How the carer knows the person")
    elements = ArrayField(models.TextField(), db_comment="What they may read")
    how = models.TextField(db_comment="How the person said so")
    words = models.TextField(db_comment="How the person put it")
    team = leads_to("agencies.Team", "The team that wrote it down")
    given_at = models.DateTimeField(db_comment="From this instant")
    given_by = leads_to("agencies.Member", "Who wrote it down")
    until_at = models.DateTimeField(null=True, db_comment="Up to but not including this, if the person said")
    withdrawn_at = models.DateTimeField(null=True, db_comment="From when it is not permitted any more")
    withdrawn_by = leads_to("agencies.Member", "Who recorded that", empty=True)
    withdrawal_words = models.TextField(db_comment="Why it was taken back")

    class Meta:
        db_table_comment = "What a person lets a carer read"
        constraints = [
            guards.exactly_when(
                WITHDRAWN, "withdrawn_at", "withdrawn_by", name="permission_withdrawn_by_someone"
            ),
            guards.said("withdrawal_words", when=WITHDRAWN, name="permission_withdrawn_for_a_reason"),
            guards.not_before("withdrawn_at", "given_at", name="permission_withdrawn_after_given"),
            guards.after("until_at", "given_at", name="permission_has_length"),
            guards.said("carer_name", name="permission_names_the_carer"),
            guards.said("how", name="permission_says_how"),
            guards.said("words", name="permission_says_how_it_was_put"),
            models.CheckConstraint(condition=~Q(elements=[]), name="permission_permits_something"),
        ]
        indexes = [models.Index(fields=["person", "given_at"], name="permission_by_person")]


class Review(Row):
    """Somebody looks into how a record was opened or shared, by a time."""

    kind = models.TextField(db_comment="Glass broken, sharing without consent, or a pattern of looking")
    pattern = models.TextField(db_comment="Which pattern, where it is one")
    subject_id = models.UUIDField(db_comment="What is reviewed: an opening, a decision, or a look")
    person = leads_to("people.Person", "Whose record it was", empty=True)
    member = leads_to("agencies.Member", "Whose act is reviewed")
    agency = leads_to("agencies.Agency", "Whose governance lead reviews it")
    words = models.TextField(db_comment="What happened, in words")
    raised_at = models.DateTimeField(db_comment="When it was asked for")
    due_at = models.DateTimeField(db_comment="By when it is to be done")
    decided_at = models.DateTimeField(null=True, db_comment="When it was decided")
    decided_by = leads_to("agencies.Member", "Who decided", empty=True)
    outcome = models.TextField(db_comment="What was found")
    outcome_words = models.TextField(db_comment="What was found, in words")

    class Meta:
        db_table_comment = "What a governance lead is to look into"
        constraints = [
            guards.one_of("kind", ReviewKind, name="review_kind_words"),
            guards.exactly_when(DECIDED, "decided_at", "decided_by", name="review_decided_by_someone"),
            guards.said("outcome", when=DECIDED, name="review_decided_with_outcome"),
            guards.said("outcome_words", when=DECIDED, name="review_decided_with_words"),
            guards.after("due_at", "raised_at", name="review_due_after_asked"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("member")),
                name="review_not_of_oneself",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "due_at"], condition=~DECIDED, name="review_open_by_due"),
            models.Index(fields=["subject_id"], name="review_by_subject"),
            models.Index(fields=["person"], name="review_by_person"),
        ]


class Agreement(Row):
    """Two agencies have put in writing what they share, for which purpose, and until when."""

    one_agency = leads_to("agencies.Agency", "One side")
    other_agency = leads_to("agencies.Agency", "The other side")
    purpose = models.TextField(db_comment="What it may be used for")
    what = models.TextField(db_comment="What is shared")
    legal_basis = models.TextField(db_comment="On which law it rests")
    from_on = models.DateField(db_comment="From this day")
    review_on = models.DateField(db_comment="When it is looked at again")
    until_on = models.DateField(db_comment="Up to but not including this day")

    class Meta:
        db_table_comment = "Agreements between agencies about what they share"
        constraints = [
            models.CheckConstraint(condition=~Q(one_agency=F("other_agency")), name="agreement_between_two"),
            models.CheckConstraint(
                condition=Q(from_on__lt=F("review_on"), review_on__lte=F("until_on")), name="agreement_dates"
            ),
        ]
