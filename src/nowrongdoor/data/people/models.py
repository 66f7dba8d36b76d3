"""
A person, as they are known to this place, and what was said about them. Mirrors `rules.person` and
`rules.about_me`.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules import about_me
from nowrongdoor.rules.words import Unknown

OR_KNOWN = ("", *Unknown)


class Person(Row):
    """Anything about a person may be unknown; each unknown says which kind of not knowing it is."""

    family_name = models.TextField(db_comment="Family name, as the person gives it")
    given_names = models.TextField(db_comment="Given names, as the person gives them")
    known_as = models.TextField(db_comment="The name the person likes to be called by")
    pronouns = models.TextField(db_comment="Pronouns, in the person's own words")
    born_on = models.DateField(null=True, db_comment="Date of birth")
    nhs_number = models.TextField(null=True, db_comment="NHS number: ten digits, checked")
    number_in_doubt = models.BooleanField(db_comment="Somebody who is restricted has this NHS number too")
    phone = models.TextField(db_comment="Telephone number, as given")
    address = models.TextField(db_comment="Where the person lives or stays")
    postcode = models.TextField(db_comment="Postcode of that address")
    other_names = models.TextField(
        db_comment="Names the person had or is known by elsewhere, one on each line"
    )
    other_numbers = models.TextField(db_comment="Numbers by which partners know the person, one on each line")
    access_needs = models.TextField(db_comment="What the person needs so that we can reach each other")
    know_first = models.TextField(db_comment="What staff should know before they speak to the person")
    know_waits = models.TextField(
        db_comment="What staff should know too, line by line, and a second person has still to read"
    )
    name_unknown = models.TextField(db_comment="Why there is no name: not asked, declined or not known")
    born_on_unknown = models.TextField(db_comment="Why there is no date of birth")
    nhs_number_unknown = models.TextField(db_comment="Why there is no NHS number")
    phone_unknown = models.TextField(db_comment="Why there is no telephone number")
    address_unknown = models.TextField(db_comment="Why there is no address")
    pronouns_unknown = models.TextField(db_comment="Why there are no pronouns")
    access_needs_unknown = models.TextField(
        db_comment="Why nothing is said of what they need so that we can reach each other"
    )
    know_first_unknown = models.TextField(db_comment="Why there is nothing that staff should know first")
    family_key = models.TextField(db_collation="C", db_comment="Family name as it is looked up")
    given_key = models.TextField(db_collation="C", db_comment="Given names as they are looked up")
    phone_key = models.TextField(db_collation="C", db_comment="Digits of the telephone number")
    postcode_key = models.TextField(db_collation="C", db_comment="Postcode without spaces")
    find_keys = ArrayField(
        models.IntegerField(), db_comment="By what the record is found when what is said is not quite right"
    )
    registered_at = models.DateTimeField(db_comment="When the person was registered")

    class Meta:
        db_table_comment = "The people this place cares for"
        constraints = [
            models.UniqueConstraint(
                fields=["nhs_number"],
                condition=Q(nhs_number__isnull=False, number_in_doubt=False),
                name="person_nhs_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number_in_doubt=False) | Q(nhs_number__isnull=False),
                name="person_doubt_is_of_a_number",
            ),
            models.CheckConstraint(
                condition=Q(nhs_number__isnull=True) | Q(nhs_number__regex=r"^[0-9]{10}$"),
                name="person_nhs_number_ten_digits",
            ),
            guards.exactly_when(Q(born_on_unknown=""), "born_on", name="person_born_on_or_why_not"),
            guards.exactly_when(Q(nhs_number_unknown=""), "nhs_number", name="person_nhs_number_or_why_not"),
            guards.one_of("name_unknown", OR_KNOWN, name="person_name_unknown_words"),
            guards.one_of("born_on_unknown", OR_KNOWN, name="person_born_on_unknown_words"),
            guards.one_of("nhs_number_unknown", OR_KNOWN, name="person_nhs_number_unknown_words"),
            guards.one_of("phone_unknown", OR_KNOWN, name="person_phone_unknown_words"),
            guards.one_of("address_unknown", OR_KNOWN, name="person_address_unknown_words"),
            guards.one_of("pronouns_unknown", OR_KNOWN, name="person_pronouns_unknown_words"),
            guards.one_of("access_needs_unknown", OR_KNOWN, name="person_access_needs_unknown_words"),
            guards.one_of("know_first_unknown", OR_KNOWN, name="person_know_first_unknown_words"),
        ]
        indexes = [
            models.Index(fields=["family_key", "given_key", "id"], name="person_by_family_name"),
            models.Index(fields=["given_key", "family_key", "id"], name="person_by_given_name"),
            models.Index(fields=["phone_key"], condition=~Q(phone_key=""), name="person_by_phone"),
            models.Index(fields=["postcode_key"], condition=~Q(postcode_key=""), name="person_by_postcode"),
            models.Index(fields=["born_on"], name="person_by_birth"),
            # Without the list of what is still to be sorted in: a search never reads through it.
            GinIndex(fields=["find_keys"], fastupdate=False, name="person_by_find_keys"),
            models.Index(
                fields=["nhs_number"], condition=Q(nhs_number__isnull=False), name="person_by_number"
            ),
        ]


class AboutAnswer(Row):
    """What was said about a person to one heading. Never written over: the next answer replaces it."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Whom it is about"
    )
    heading = models.TextField(db_comment="To which heading of the list")
    state = models.TextField(db_comment="Answered, or why not: not asked, declined or not known")
    codes = ArrayField(models.TextField(), db_comment="What was chosen of the list of the heading")
    words = models.TextField(db_comment="What was said")
    said_by = models.TextField(db_comment="Who told us, of the list")
    said_by_name = models.TextField(db_comment="Their name, where it was not the person")
    whose_words = models.TextField(db_comment="Whose words they are")
    said_on = models.DateField(db_comment="The day on which it was said")
    replaces = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The answer that stood before, if any",
    )
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that wrote it down",
    )
    written_at = models.DateTimeField(db_comment="When it was written down")
    written_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who wrote it down",
    )

    class Meta:
        db_table_comment = "What people and those who know them said about them, answer by answer"
        constraints = [
            guards.one_of("state", about_me.STATES, name="about_state_words"),
            guards.said("heading", name="about_has_a_heading"),
            guards.said("said_by", when=~Q(state=Unknown.NOT_ASKED.value), name="about_says_who_told"),
            models.CheckConstraint(
                condition=~Q(state=about_me.ANSWERED) | ~Q(words="", codes=[]),
                name="about_answer_says_something",
            ),
            models.CheckConstraint(
                condition=Q(state=about_me.ANSWERED) | Q(codes=[]), name="about_chosen_only_when_answered"
            ),
            # Of two who replace one answer, the second must read the first.
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(replaces__isnull=False), name="about_replaced_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "heading", "written_at"], name="about_by_person")]


class InCircle(Row):
    """Somebody who matters to a person: no record of their own."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="To whom they matter"
    )
    name = models.TextField(db_comment="What they are called")
    relation = models.TextField(db_comment="How they know the person")
    parts = ArrayField(models.TextField(), db_comment="What else they are to the person: carer, next of kin")
    phone = models.TextField(db_comment="Their telephone number, as given")
    phone_unknown = models.TextField(db_comment="Why there is no telephone number")
    phone_key = models.TextField(db_collation="C", db_comment="Digits of their telephone number")
    contact = models.TextField(db_comment="Whether they may be contacted, or why that is not known")
    tell = models.TextField(db_comment="What they may be told, or why that is not known")
    words = models.TextField(db_comment="How to involve them, and what of it they may be told")
    said_by = models.TextField(db_comment="Who told us, of the list")
    said_on = models.DateField(db_comment="The day on which it was said")
    why = models.TextField(db_comment="Why it was last changed, or why they were taken out")
    team = models.ForeignKey(
        "agencies.Team",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that wrote it down",
    )
    entered_at = models.DateTimeField(db_comment="When they were written down")
    entered_by = models.ForeignKey(
        "agencies.Member",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who wrote it down",
    )
    withdrawn_at = models.DateTimeField(null=True, db_comment="When they were taken out, if they were")
    withdrawn_by = models.ForeignKey(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who took them out",
    )

    class Meta:
        db_table_comment = "Who matters to a person, what to tell them, who must not be contacted"
        constraints = [
            guards.exactly_when(
                Q(withdrawn_at__isnull=False),
                "withdrawn_at",
                "withdrawn_by",
                name="circle_withdrawn_by_someone",
            ),
            guards.said("why", when=Q(withdrawn_at__isnull=False), name="circle_withdrawn_for_a_reason"),
            guards.not_before("withdrawn_at", "entered_at", name="circle_withdrawn_after_entered"),
            guards.said("name", name="circle_says_who"),
            guards.said("relation", name="circle_says_how_they_know"),
            guards.said("contact", name="circle_says_whether_to_contact"),
            guards.said("tell", name="circle_says_what_to_tell"),
            guards.one_of("phone_unknown", OR_KNOWN, name="circle_phone_unknown_words"),
        ]
        indexes = [
            models.Index(fields=["person", "entered_at"], name="circle_by_person"),
            models.Index(fields=["phone_key"], condition=~Q(phone_key=""), name="circle_by_phone"),
        ]
