"""A service of the directory. Mirrors `rules.directory.Service`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nowrongdoor.kernel.rows import Row


class Service(Row):
    """What a team offers, who for, and when."""

    agency = models.ForeignKey(
        "agencies.Agency",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="Who offers it",
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

    class Meta:
        db_table_comment = "The directory of services"
