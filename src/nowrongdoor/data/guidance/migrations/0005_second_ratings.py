"""A share of decisions is rated by somebody else, to learn from."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("guidance", "0004_version_guards"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondRating",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_comment="Made by the front door that made the row",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("version", models.PositiveIntegerField(db_comment="1 when made; one more with each change")),
                ("decided", models.TextField(db_comment="The response time that was decided")),
                ("decided_at", models.DateTimeField(db_comment="When that was decided")),
                ("rated", models.TextField(db_comment="The response time somebody else would have chosen")),
                ("rated_at", models.DateTimeField(db_comment="When it was looked at again")),
                (
                    "advice",
                    models.ForeignKey(
                        db_comment="The decision that was looked at again",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guidance.advice",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_comment="For which agency it was looked at again",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        db_comment="Who looked at it again",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="Whose need was decided on",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Decisions that somebody else rated without seeing them, to learn from",
                "indexes": [
                    models.Index(fields=["decided_at"], name="rating_by_time"),
                    models.Index(fields=["referral"], name="rating_by_referral"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rated", ""), _negated=True), name="rating_says_how_soon"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rated_at__isnull", True),
                            ("rated_at__gte", models.F("decided_at")),
                            _connector="OR",
                        ),
                        name="rating_after_deciding",
                    ),
                    models.UniqueConstraint(fields=("advice",), name="rated_once"),
                ],
            },
        ),
    ]
