"""Two records that are or may be one person's. Mirrors `rules.merging`."""

from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row
from nowrongdoor.rules.merging import MergeState

DECIDED = ~Q(state=MergeState.PROPOSED)
WAS_MERGED = Q(state__in=[MergeState.MERGED, MergeState.UNDONE])
UNDONE = Q(state=MergeState.UNDONE)


def leads_to(model: str, comment: str, *, empty: bool = False) -> models.ForeignKey:
    """A row of another context, by name: contexts do not know one another."""
    return models.ForeignKey(
        model, null=empty, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment=comment
    )


class Merge(Row):
    """
    What is known of two records: alike, one person's, two people's. It moves nothing: while it stands, one
    record is read through the other. No ring of them can be made (`0002_guards.sql`).
    """

    one = leads_to("people.Person", "One of the two records")
    other = leads_to("people.Person", "The other record")
    bits = models.FloatField(db_comment="Doublings of the odds that they are one person's")
    evidence = models.TextField(db_comment="What speaks for it, in words")
    found_by = models.TextField(db_comment="How they were found")
    proposed_at = models.DateTimeField(db_comment="When they were found")
    proposed_by = leads_to("agencies.Member", "Who found them, or for whom they were looked for")
    state = models.TextField(db_comment="Proposed, merged, kept apart, or a merge undone")
    record = leads_to("people.Person", "The record that is read through another", empty=True)
    into = leads_to("people.Person", "The record it is read through", empty=True)
    decided_at = models.DateTimeField(null=True, db_comment="When somebody decided")
    decided_by = leads_to("agencies.Member", "Who decided", empty=True)
    words = models.TextField(db_comment="How they knew")
    undone_at = models.DateTimeField(null=True, db_comment="When the merge was undone")
    undone_by = leads_to("agencies.Member", "Who undid it", empty=True)
    undoing_words = models.TextField(db_comment="How they knew that it was wrong")

    class Meta:
        db_table_comment = "Records that are one person's, or may be, or are not"
        constraints = [
            guards.one_of("state", MergeState, name="merge_state_words"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="merge_is_of_two_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="merge_two_records_once"),
            guards.said("evidence", name="merge_says_why"),
            guards.said("words", when=DECIDED, name="merge_decided_for_a_reason"),
            guards.exactly_when(DECIDED, "decided_at", "decided_by", name="merge_decided_by_someone"),
            guards.not_before("decided_at", "proposed_at", name="merge_decided_after_proposed"),
            guards.exactly_when(WAS_MERGED, "record", "into", name="merge_says_which_stands"),
            models.CheckConstraint(condition=~Q(record=F("into")), name="merge_not_into_itself"),
            models.UniqueConstraint(
                fields=["record"], condition=Q(state=MergeState.MERGED), name="merge_into_one_alone"
            ),
            guards.exactly_when(UNDONE, "undone_at", "undone_by", name="merge_undone_by_someone"),
            guards.said("undoing_words", when=UNDONE, name="merge_undone_for_a_reason"),
            guards.not_before("undone_at", "decided_at", name="merge_undone_after_decided"),
        ]
        indexes = [
            models.Index(fields=["into"], condition=Q(state=MergeState.MERGED), name="merge_by_into"),
            models.Index(
                fields=["-bits", "id"], condition=Q(state=MergeState.PROPOSED), name="merge_to_decide"
            ),
            models.Index(fields=["other"], name="merge_by_other"),
        ]
