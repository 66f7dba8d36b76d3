"""Entries of partners' registers beside our records, and the readings of each. Mirrors `rules.register`."""

from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.register import LinkState

DECIDED = ~Q(state=LinkState.PROPOSED)
UNDONE = Q(state=LinkState.UNDONE)


def leads_to(model: str, comment: str, *, empty: bool = False) -> models.ForeignKey:
    """A row of another context, by name: contexts do not know one another."""
    return models.ForeignKey(
        model, null=empty, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=comment
    )


class RegisterReading(Row):
    """One reading of one file of an agency's register. It names nobody."""

    agency = leads_to("agencies.Agency", "Whose register it is")
    digest = models.TextField(db_comment="Fingerprint of the file and of how it is read")
    batches = models.IntegerField(db_comment="How many batches of its rows are done")
    rows = models.IntegerField(db_comment="How many rows were read")
    refused = models.IntegerField(db_comment="How many rows could not be read")
    known = models.IntegerField(db_comment="How many rows were linked already")
    proposed = models.IntegerField(db_comment="How many pairs were very likely one person")
    to_look_at = models.IntegerField(db_comment="How many pairs may be one person")
    alone = models.IntegerField(db_comment="How many rows were like nobody here")
    began_at = models.DateTimeField(db_comment="When the reading began")
    began_by = leads_to("agencies.Member", "Who began it")
    ended_at = models.DateTimeField(null=True, db_comment="When the last row was read")

    class Meta:
        db_table_comment = "How far each file of a register was read, and what its rows came to"
        constraints = [
            guards.said("digest", name="reading_of_a_file"),
            guards.not_before("ended_at", "began_at", name="reading_ended_after_it_began"),
            models.CheckConstraint(
                condition=Q(refused__gte=0, known__gte=0, alone__gte=0)
                & Q(rows__gte=F("refused") + F("known") + F("alone")),
                name="reading_counts_each_row_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "digest"], condition=Q(ended_at=None), name="reading_open_once"
            ),
        ]


class RegisterLink(Row):
    """
    An entry of a partner's register and a record of ours: alike, one person's, two people's. It opens
    nothing: while it stands, the record is found by the partner's number too.
    """

    agency = leads_to("agencies.Agency", "Whose register it is")
    person = leads_to("people.Person", "The record")
    number = models.TextField(db_comment="The number by which the partner knows them")
    number_key = models.TextField(db_comment="The number as it is looked up")
    given_names = models.TextField(db_comment="Given names, as the partner has them")
    family_name = models.TextField(db_comment="Surname, as the partner has it")
    born_on = models.DateField(null=True, db_comment="Date of birth, as the partner has it")
    nhs_number = models.TextField(db_comment="NHS number, as the partner has it")
    phone = models.TextField(db_comment="Telephone number, as the partner has it")
    postcode = models.TextField(db_comment="Postcode, as the partner has it")
    address = models.TextField(db_comment="Address, as the partner has it")
    bits = models.FloatField(db_comment="Doublings of the odds that it is this person's")
    evidence = models.TextField(db_comment="What speaks for it, in words")
    proposed_at = models.DateTimeField(db_comment="When it was found")
    proposed_by = leads_to("agencies.Member", "Who read the register")
    state = models.TextField(db_comment="Proposed, linked, kept apart, or a link undone")
    number_added = models.BooleanField(db_comment="Whether the record has the number by this link")
    decided_at = models.DateTimeField(null=True, db_comment="When somebody decided")
    decided_by = leads_to("agencies.Member", "Who decided", empty=True)
    words = models.TextField(db_comment="How they knew")
    undone_at = models.DateTimeField(null=True, db_comment="When the link was undone")
    undone_by = leads_to("agencies.Member", "Who undid it", empty=True)
    undoing_words = models.TextField(db_comment="How they knew that it was wrong")

    class Meta:
        db_table_comment = "Entries of registers that are, may be or are not of people here"
        constraints = [
            guards.one_of("state", LinkState, name="link_state_words"),
            models.UniqueConstraint(
                fields=["agency", "number_key", "person"], name="link_entry_and_record_once"
            ),
            guards.said("number_key", name="link_has_a_number"),
            guards.said("evidence", name="link_says_why"),
            guards.said("words", when=DECIDED, name="link_decided_for_a_reason"),
            guards.exactly_when(DECIDED, "decided_at", "decided_by", name="link_decided_by_someone"),
            guards.not_before("decided_at", "proposed_at", name="link_decided_after_proposed"),
            guards.exactly_when(UNDONE, "undone_at", "undone_by", name="link_undone_by_someone"),
            guards.said("undoing_words", when=UNDONE, name="link_undone_for_a_reason"),
            guards.not_before("undone_at", "decided_at", name="link_undone_after_decided"),
            models.CheckConstraint(
                condition=Q(number_added=False) | Q(state=LinkState.LINKED), name="link_number_while_linked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-bits", "id"], condition=Q(state=LinkState.PROPOSED), name="link_to_decide"
            ),
            models.Index(fields=["-decided_at"], condition=DECIDED, name="link_decided_last"),
            models.Index(fields=["person"], name="link_by_person"),
        ]
