import django.contrib.postgres.constraints
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import nowrongdoor.data.holdings.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("handovers", "0001_initial"),
        ("referrals", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="ReHoming",
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
                ("reason", models.TextField(db_comment="Why: the team closed, or the member left")),
                ("words", models.TextField(db_comment="Why, in words for whoever finds it on their list")),
                ("re_homed_at", models.DateTimeField(db_comment="When it changed hands")),
                (
                    "from_team",
                    models.ForeignKey(
                        db_comment="The team that held it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "re_homed_by",
                    models.ForeignKey(
                        db_comment="Who did this",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="What is re-homed",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "to_team",
                    models.ForeignKey(
                        db_comment="The team that holds it now",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Changes of holder because the holder was gone",
            },
        ),
        migrations.CreateModel(
            name="Holding",
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
                ("from_at", models.DateTimeField(db_comment="Answerable from this instant")),
                (
                    "until_at",
                    models.DateTimeField(
                        db_comment="Up to but not including this instant; empty while it lasts", null=True
                    ),
                ),
                (
                    "began_by",
                    models.TextField(
                        db_comment="How it came to be: received, handover, re-homing or reopening"
                    ),
                ),
                (
                    "ended_by",
                    models.TextField(db_comment="How it ended: handover, re-homing or closing", null=True),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        db_comment="The accepted handover it began by",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="handovers.handover",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="The member of that team who holds by name, if any",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="What is held",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team that holds",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "re_homing",
                    models.ForeignKey(
                        db_comment="The re-homing it began by",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="holdings.rehoming",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Who is answerable for each referral, from when until when",
            },
        ),
        migrations.AddConstraint(
            model_name="rehoming",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="re_homing_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="rehoming",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="re_homing_says_why"
            ),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(
                condition=models.Q(("until_at__isnull", True)), fields=["team"], name="holding_open_by_team"
            ),
        ),
        migrations.AddIndex(
            model_name="holding",
            index=models.Index(
                condition=models.Q(("until_at__isnull", True), ("member__isnull", False)),
                fields=["member"],
                name="holding_open_by_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("referral", "="),
                    (nowrongdoor.data.holdings.models.Period("from_at", "until_at"), "&&"),
                ],
                name="holding_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(fields=("referral", "from_at"), name="holding_begins_once"),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_at__isnull", True), ("until_at__gt", models.F("from_at")), _connector="OR"
                ),
                name="holding_has_length",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("began_by__in", ["handover", "re_homing", "received", "reopening"])),
                name="holding_began_by_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_by__in", ["closing", "handover", "re_homing"])),
                name="holding_ended_by_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("until_at__isnull", False), ("ended_by__isnull", False)),
                    models.Q(("until_at__isnull", True), ("ended_by__isnull", True)),
                    _connector="OR",
                ),
                name="holding_ends_by_an_act",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("began_by", "handover"), ("handover__isnull", False)),
                    models.Q(models.Q(("began_by", "handover"), _negated=True), ("handover__isnull", True)),
                    _connector="OR",
                ),
                name="holding_names_its_handover",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("began_by", "re_homing"), ("re_homing__isnull", False)),
                    models.Q(models.Q(("began_by", "re_homing"), _negated=True), ("re_homing__isnull", True)),
                    _connector="OR",
                ),
                name="holding_names_its_re_homing",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("handover__isnull", False)),
                fields=("handover",),
                name="holding_once_per_handover",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("re_homing__isnull", False)),
                fields=("re_homing",),
                name="holding_once_per_re_homing",
            ),
        ),
    ]
