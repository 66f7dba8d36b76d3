"""A disagreement with the police is looked at afterwards, and what was found is kept."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("police", "0003_calls"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.CreateModel(
            name="PoliceReview",
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
                ("level", models.TextField(db_comment="Bronze, silver or gold")),
                ("took_part", models.TextField(db_comment="Who of the police took part")),
                ("learned", models.TextField(db_comment="What was learned")),
                (
                    "finding",
                    models.TextField(db_comment="Something changes, nothing does, or it is passed up"),
                ),
                ("change", models.TextField(db_comment="What changes")),
                ("change_by", models.TextField(db_comment="Who sees to the change")),
                ("change_on", models.DateField(db_comment="By which day it is done", null=True)),
                ("reviewed_at", models.DateTimeField(db_comment="When it was reviewed")),
                (
                    "decision",
                    models.ForeignKey(
                        db_comment="The decision that was disputed",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="police.policedecision",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="Whose need it was about",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        db_comment="Who recorded the review",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": (
                    "Reviews of disagreements with the police: what was learned and what changes"
                ),
                "indexes": [models.Index(fields=["referral"], name="police_review_by_referral")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["bronze", "gold", "silver"])),
                        name="police_review_level_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("learned", ""), _negated=True),
                        name="police_review_says_what_was_learned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding", ""), _negated=True),
                        name="police_review_says_what_follows",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("change", ""), ("change_by", ""), ("change_on__isnull", True)),
                            models.Q(
                                models.Q(("change", ""), _negated=True),
                                models.Q(("change_by", ""), _negated=True),
                                ("change_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="police_review_change_has_who_and_when",
                    ),
                    models.UniqueConstraint(
                        fields=("decision", "level"), name="police_review_once_a_level"
                    ),
                ],
            },
        ),
    ]
