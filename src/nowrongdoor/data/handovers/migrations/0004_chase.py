"""Asking after an offer is recorded. A new table: it holds no lock that anyone waits for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("handovers", "0003_guards"),
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chase",
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
                ("how", models.TextField(db_comment="By telephone, by message or in person")),
                ("words", models.TextField(db_comment="What was said, or that nobody answered")),
                ("chased_at", models.DateTimeField(db_comment="When the receiver was asked")),
                (
                    "chased_by",
                    models.ForeignKey(
                        db_comment="Who asked",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        db_comment="The offer",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="handovers.handover",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="What is offered",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "db_table_comment": "How often, and in which words, the giver asked after an offer",
                "indexes": [models.Index(fields=["handover", "chased_at"], name="chase_by_handover")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how", ""), _negated=True), name="chase_says_how"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="chase_says_what_was_said"
                    ),
                ],
            },
        ),
    ]
