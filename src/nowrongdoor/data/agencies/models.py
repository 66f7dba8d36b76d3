"""Agencies, teams, members and memberships. Mirrors `rules.agency`."""

from django.db import models
from django.db.models import F, Q

from nowrongdoor.kernel import guards
from nowrongdoor.kernel.rows import Row


class Agency(Row):
    """An organisation whose teams can be answerable for people."""

    name = models.TextField(db_comment="Name of the agency")
    kind = models.TextField(db_comment="What kind of agency: health, council, police, voluntary and so on")
    jurisdiction = models.TextField(db_comment="The nation whose law it works under")

    class Meta:
        db_table_comment = "Agencies of this place"


class Team(Row):
    """Those who can hold a person. A team that closes names who takes over."""

    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The agency of the team",
    )
    name = models.TextField(db_comment="Name of the team")
    does = models.TextField(db_comment="What the team does, in a line")
    phone = models.TextField(db_comment="The number colleagues ring")
    takes_contacts = models.BooleanField(db_comment="Whether the team answers people who approach us")
    opened_at = models.DateTimeField(db_comment="When the team began its work")
    closed_at = models.DateTimeField(null=True, db_comment="When the team ended; empty while it works")
    successor = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that answers for its people since it closed",
    )

    class Meta:
        db_table_comment = "Teams: those who can hold a person"
        constraints = [
            guards.both_or_neither("closed_at", "successor", name="team_closed_names_successor"),
            guards.after("closed_at", "opened_at", name="team_closed_after_opened"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")), name="team_not_its_own_successor"
            ),
        ]


class Member(Row):
    """Someone who works for one team or several."""

    name = models.TextField(db_comment="Name of the member of staff")
    job_title = models.TextField(db_comment="Job title, as colleagues would say it")
    discipline = models.TextField(db_comment="Profession, from the list; empty while nobody has recorded it")

    class Meta:
        db_table_comment = "Members of staff and volunteers"


class Membership(Row):
    """A member works for a team in a role, from one instant up to another."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Who works"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="For which team"
    )
    role = models.TextField(db_comment="In which role; roles permit acts")
    from_at = models.DateTimeField(db_comment="From this instant")
    until_at = models.DateTimeField(null=True, db_comment="Up to but not including this instant")
    lent_by_team = models.ForeignKey(
        Team,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The team that lends them here; empty for a place of their own",
    )
    lent_by = models.ForeignKey(
        Member, null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        db_comment="Who lent them",
    )  # fmt: skip
    lent_until_at = models.DateTimeField(
        null=True, db_comment="Until when they are lent; this ends nothing by itself"
    )
    lent_under = models.ForeignKey(
        "sharing.Agreement", null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        db_comment="The agreement by which one agency lends to another; empty within one",
    )  # fmt: skip
    ended_words = models.TextField(default="", db_default="", db_comment="Why a loan ended; empty otherwise")

    class Meta:
        db_table_comment = "Who works for which team, in which role, from when until when"
        constraints = [
            guards.after("until_at", "from_at", name="membership_has_length"),
            guards.after("lent_until_at", "from_at", name="loan_has_length"),
            models.CheckConstraint(
                condition=Q(lent_by_team=None, lent_by=None, lent_until_at=None, lent_under=None)
                | Q(lent_by_team__isnull=False, lent_by__isnull=False, lent_until_at__isnull=False),
                name="loan_says_by_whom_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(lent_by_team__isnull=True) | ~Q(lent_by_team=F("team")) & ~Q(lent_by=F("member")),
                name="loan_not_to_or_of_oneself",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lent_by_team"], condition=Q(lent_by_team__isnull=False), name="loan_by_lender"
            ),
            models.Index(fields=["member", "team"], name="membership_by_member"),
            models.Index(fields=["team"], name="membership_by_team"),
        ]
