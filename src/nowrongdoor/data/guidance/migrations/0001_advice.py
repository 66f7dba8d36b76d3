"""What guidance advised is stored with what was decided."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0004_discipline"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.CreateModel(
            name="Advice",
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
                ("guidance", models.TextField(db_comment="The name of the guidance")),
                ("decision", models.TextField(db_comment="Which decision of it was asked")),
                ("guidance_version", models.TextField(db_comment="Its version, from its own text")),
                (
                    "inputs",
                    models.JSONField(
                        db_comment="What it was told of the case; what nobody asked is not known"
                    ),
                ),
                (
                    "rows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        db_comment="The rows of its table that spoke",
                        size=None,
                    ),
                ),
                ("advised", models.TextField(db_comment="The response time it advised")),
                ("first_step", models.TextField(db_comment="What it said comes first")),
                ("was_seen", models.BooleanField(db_comment="Whether the decider had it before them")),
                ("decided", models.TextField(db_comment="The response time that was decided")),
                ("reason", models.TextField(db_comment="Why otherwise, from the list of reasons")),
                ("reason_words", models.TextField(db_comment="Why otherwise, in words")),
                ("decided_at", models.DateTimeField(db_comment="When it was decided")),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_comment="Who decided",
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
                "db_table_comment": "What guidance advised when somebody decided, and what they decided",
                "indexes": [
                    models.Index(fields=["referral", "decided_at"], name="advice_by_referral"),
                    models.Index(fields=["decided_at"], name="advice_by_time"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("guidance_version", ""), _negated=True),
                        name="advice_has_a_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("advised", ""), _negated=True), name="advice_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advised", models.F("decided")), _negated=True),
                            models.Q(("reason", ""), ("reason_words", "")),
                            _connector="OR",
                        ),
                        name="advice_reason_when_otherwise",
                    ),
                ],
            },
        ),
    ]
