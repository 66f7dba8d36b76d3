"""
A look: one page showed one person to one member, to themselves (tie `self`) or to a carer whom
they let read (tie `carer`); these are of no team.

Added when the page is made and before anyone sees it: a look that cannot be recorded is not shown. Plain
keys, as in the journal: what was looked at then is told whatever becomes of the rows.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

OUTSIDE = models.Q(relationship="self", role="person") | models.Q(relationship="carer", role="carer")
WHO = ("member_id__isnull", "team_id__isnull", "agency_id__isnull")


class Look(models.Model):
    """Who looked at whom: as what, for what, by which tie, and what the page showed."""

    id = models.UUIDField(primary_key=True, db_comment="Made by whoever shows the page")
    looked_at = models.DateTimeField(db_comment="When the page was shown")
    member_id = models.UUIDField(
        null=True, db_comment="The member who looked; none where it is the person or a carer"
    )
    member_name = models.TextField(db_comment="Name of that member, as it was then")
    team_id = models.UUIDField(
        null=True, db_comment="The team the member was working for; none where it is the person or a carer"
    )
    team_name = models.TextField(db_comment="Name of that team, as it was then")
    agency_id = models.UUIDField(
        null=True, db_comment="The agency of that team; none where it is the person or a carer"
    )
    role = models.TextField(db_comment="In which role")
    purpose = models.TextField(db_comment="What for")
    relationship = models.TextField(db_comment="By which tie: held, offered, taking part, lately, or found")
    person_id = models.UUIDField(null=True, db_comment="Who was looked at, where known")
    referral_id = models.UUIDField(null=True, db_comment="Which referral was shown, if one was")
    contact_id = models.UUIDField(null=True, db_comment="Which contact was shown, if one was")
    elements = ArrayField(
        models.TextField(), db_comment="What was shown: identity, whereabouts, story and so on"
    )
    page = models.TextField(db_comment="Which page showed it")

    class Meta:
        db_table_comment = "Who looked at whom: rows are added, never changed or removed"
        constraints = [
            models.CheckConstraint(
                name="look_of_member_or_own",
                condition=OUTSIDE & models.Q(**dict.fromkeys(WHO, True))
                | (~models.Q(relationship__in=("self", "carer")) & models.Q(**dict.fromkeys(WHO, False))),
            )
        ]
        indexes = [
            models.Index(fields=["person_id", "looked_at"], name="look_by_person"),
            models.Index(fields=["member_id", "looked_at"], name="look_by_member"),
            models.Index(fields=["agency_id", "looked_at"], name="look_by_agency"),
        ]
