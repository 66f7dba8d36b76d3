"""
Who has which part in whose care. Mirrors `rules.participation.Participation`.

Nobody writes here but the triggers of this app's migrations: a row follows from the one of the same id
that holds, offers, takes in, answers or owes. Plain keys and no foreign keys: the rows they lead to are
checked where they are, and this table is the wall in front of them.
"""

from django.db import models


class Participation(models.Model):
    """One part in one person's care, from one instant up to another."""

    id = models.UUIDField(primary_key=True, db_comment="The row it follows from")
    part = models.TextField(
        db_comment="Holds, offered, took in, answered, owes, shared, claimed or broke glass"
    )
    agency_id = models.UUIDField(db_comment="The agency that has the part")
    team_id = models.UUIDField(db_comment="The team that has it")
    member_id = models.UUIDField(null=True, db_comment="The member, where the part is one member's own")
    person_id = models.UUIDField(null=True, db_comment="The person, once known")
    referral_id = models.UUIDField(null=True, db_comment="The referral, if it is about one")
    contact_id = models.UUIDField(null=True, db_comment="The contact, if it is about one")
    from_at = models.DateTimeField(db_comment="From this instant")
    until_at = models.DateTimeField(null=True, db_comment="Up to but not including this instant")

    purpose = models.TextField(
        default="", db_default="", db_comment="The one purpose it was given for; empty where it serves any"
    )

    class Meta:
        db_table_comment = "Who has which part in whose care: follows from the rows that say so"
        indexes = [
            models.Index(fields=["person_id", "agency_id"], name="participation_by_person"),
            models.Index(fields=["referral_id", "agency_id"], name="participation_by_referral"),
            models.Index(
                fields=["contact_id", "agency_id"],
                condition=models.Q(contact_id__isnull=False),
                name="participation_by_contact",
            ),
        ]
