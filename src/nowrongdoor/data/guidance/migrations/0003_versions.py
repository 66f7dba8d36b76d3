"""Versions of guidance that a place owns, what partners say of them, and which of them advised."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("guidance", "0002_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="advice",
            name="is_beside",
            field=models.BooleanField(
                db_comment="Asked beside the version that stood, and advice to nobody", default=False
            ),
        ),
        migrations.CreateModel(
            name="Version",
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
                ("name", models.TextField(db_comment="The name of the guidance")),
                ("written_with", models.TextField(db_comment="Who wrote it too")),
                (
                    "lived_experience",
                    models.BooleanField(db_comment="Whether people with lived experience wrote it too"),
                ),
                ("why", models.TextField(db_comment="What is to change, and why")),
                ("text", models.TextField(db_comment="The file, word for word")),
                ("model_version", models.TextField(db_comment="Its version, from its own text")),
                ("state", models.TextField(db_comment="Draft, in review, reviewed, live or set aside")),
                ("uploaded_at", models.DateTimeField(db_comment="When it was uploaded")),
                (
                    "compared",
                    models.JSONField(db_comment="How many cases it answers otherwise than what stands"),
                ),
                ("compared_with", models.TextField(db_comment="The version it was compared with last")),
                ("compared_at", models.DateTimeField(db_comment="When it was compared last", null=True)),
                ("live_from", models.DateField(db_comment="From which day it stands", null=True)),
                ("ended_on", models.DateField(db_comment="From which day it stands no more", null=True)),
                ("ended_words", models.TextField(db_comment="Why it was set aside")),
                (
                    "agency",
                    models.ForeignKey(
                        db_comment="Whose it is; nobody's is the whole place's",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_comment="Who uploaded it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "author_agency",
                    models.ForeignKey(
                        db_comment="For which agency they worked then",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "live_by",
                    models.ForeignKey(
                        db_comment="Who put it live",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Versions of guidance that a place owns",
            },
        ),
        migrations.CreateModel(
            name="Appraisal",
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
                ("agrees", models.BooleanField(db_comment="Whether they agree, or not yet")),
                ("words", models.TextField(db_comment="What should be otherwise")),
                ("appraised_at", models.DateTimeField(db_comment="When they said so")),
                (
                    "agency",
                    models.ForeignKey(
                        db_comment="For which agency it was looked at",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="Who looked at it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "guidance_version",
                    models.ForeignKey(
                        db_comment="What was looked at",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guidance.version",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What partners say of a version of guidance",
            },
        ),
        migrations.AddField(
            model_name="advice",
            name="source",
            field=models.ForeignKey(
                db_comment="The version the place owns; none is what we ship",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="guidance.version",
            ),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["state", "uploaded_at"], name="guidance_by_state"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "in_review", "live", "reviewed", "set_aside"])),
                name="guidance_state_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="guidance_has_a_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="guidance_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("live_from__isnull", False), ("live_by__isnull", False)),
                    models.Q(("live_from__isnull", True), ("live_by__isnull", True)),
                    _connector="OR",
                ),
                name="guidance_live_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live_from__isnull", True), ("compared_at__isnull", False), _connector="OR"
                ),
                name="guidance_compared_before",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "live"), _negated=True), ("live_from__isnull", False), _connector="OR"
                ),
                name="guidance_live_from_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "set_aside"), _negated=True),
                    models.Q(("ended_words", ""), _negated=True),
                    _connector="OR",
                ),
                name="guidance_says_why_aside",
            ),
        ),
        migrations.AddIndex(
            model_name="appraisal",
            index=models.Index(fields=["guidance_version", "appraised_at"], name="appraisal_by_version"),
        ),
        migrations.AddConstraint(
            model_name="appraisal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agrees", False), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="guidance_no_has_words",
            ),
        ),
    ]
