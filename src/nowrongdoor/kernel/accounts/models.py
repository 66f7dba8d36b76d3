"""
An account lets one member in, or one person to their own record, or one carer to what they may read. It says
nothing of what they may do there: memberships say that of a member, and the others are in no team.
"""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

OF = ("member", "person", "permission")


def _only(whose: str) -> models.Q:
    return models.Q(**{f"{one}__isnull": one != whose for one in OF})


class Account(AbstractBaseUser):
    """One way in, of a member, a person or a carer: a name, a password's hash, at most one link to use."""

    id = models.UUIDField(primary_key=True, db_comment="Made by the front door that made the account")
    member = models.OneToOneField(
        "agencies.Member",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="The member this account lets in, if it is a member's",
    )
    person = models.OneToOneField(
        "people.Person",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="The person it lets in to their own record, if it is a person's",
    )
    permission = models.OneToOneField(
        "sharing.Permission",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="What lets a carer in to somebody's record, if it is a carer's",
    )
    name = models.CharField(
        max_length=150, unique=True, db_comment="What they sign in with: e-mail or staff number"
    )
    is_active = models.BooleanField(default=True, db_comment="Whether it lets anyone in")
    link_digest = models.CharField(
        max_length=64, blank=True, default="", db_comment="Digest of the link that sets a password, once"
    )
    link_until_at = models.DateTimeField(null=True, db_comment="Until when that link can be used")

    USERNAME_FIELD = "name"
    objects: Any = BaseUserManager()

    class Meta:
        db_table_comment = "Accounts: who may come in"
        constraints = [
            models.CheckConstraint(
                name="account_of_one",
                condition=_only("member") | _only("person") | _only("permission"),
            )
        ]


class Remembered(models.Model):
    """
    What every process must know at once, for minutes: tries that failed, and codes that were used.

    The cache of the framework reads and writes it; the names of the columns are its own.
    """

    cache_key = models.CharField(max_length=255, primary_key=True, db_comment="Of what, as a digest")
    value = models.TextField(db_comment="When it happened, encoded")
    expires = models.DateTimeField(db_index=True, db_comment="From when on it is forgotten")

    class Meta:
        db_table = "accounts_remembered"
        db_table_comment = "Failed tries and used codes, for minutes"
