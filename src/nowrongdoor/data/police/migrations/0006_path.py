"""Which path somebody is on about whom the police may be asked, and how far each thing on its list is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("police", "0005_review_guards"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicePath",
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
                (
                    "path",
                    models.TextField(db_comment="Absent, walked out, missing, section 136 or being moved"),
                ),
                ("checklist", models.TextField(db_comment="The version of the list that is asked")),
                ("words", models.TextField(db_comment="What was said as it was chosen")),
                (
                    "answers",
                    models.JSONField(
                        db_comment="By the step: how far it is, who sees to it, what came of it, when"
                    ),
                ),
                ("chosen_at", models.DateTimeField(db_comment="When it was chosen")),
                (
                    "chosen_by",
                    models.ForeignKey(
                        db_comment="Who chose it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="Whose need it is about",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Paths of those about whom the police may be asked, each with its list",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("path", ""), _negated=True), name="police_path_is_named"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("checklist", ""), _negated=True), name="police_path_has_its_list"
                    ),
                    models.UniqueConstraint(fields=("referral", "path"), name="police_path_once"),
                ],
            },
        ),
    ]
