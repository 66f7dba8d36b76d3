import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("contacts", "0001_initial"),
        ("people", "0001_initial"),
        ("referrals", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Promise",
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
                    "kind",
                    models.TextField(
                        db_comment="A call back, information asked for, or a re-homing to settle"
                    ),
                ),
                ("asked_of", models.TextField(db_comment="Who is asked, when something must be found out")),
                ("words", models.TextField(db_comment="What is owed")),
                ("made_at", models.DateTimeField(db_comment="When it was made")),
                (
                    "due_at",
                    models.DateTimeField(
                        db_comment="When it falls due, or is to be answered since it was escalated"
                    ),
                ),
                ("as_of_at", models.DateTimeField(db_comment="When it was last looked at")),
                ("escalation_level", models.IntegerField(db_comment="How often it has been escalated")),
                ("state", models.TextField(db_comment="Open, kept or let go")),
                ("ended_at", models.DateTimeField(db_comment="When it was kept or let go", null=True)),
                ("ending_words", models.TextField(db_comment="What came of it, or why it is no longer owed")),
                (
                    "contact",
                    models.ForeignKey(
                        db_comment="The contact it was made in",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_comment="Who kept it or let it go",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "owner_member",
                    models.ForeignKey(
                        db_comment="The member who owes it by name, if any",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "owner_team",
                    models.ForeignKey(
                        db_comment="The team that owes it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="The person it is owed to, where known",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="The referral it is about",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What a team owes a person by a time",
            },
        ),
        migrations.CreateModel(
            name="Escalation",
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
                ("level", models.IntegerField(db_comment="First, second and so on")),
                ("words", models.TextField(db_comment="What was said when it was raised")),
                ("escalated_at", models.DateTimeField(db_comment="When it was raised")),
                (
                    "escalated_by",
                    models.ForeignKey(
                        db_comment="Who raised it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "to_team",
                    models.ForeignKey(
                        db_comment="The team it was raised to",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        db_comment="The promise that is late",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="promises.promise",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Late promises, each raised to someone who can act",
            },
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["owner_team", "due_at"],
                name="promise_open_by_owner",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["due_at"], name="promise_open_by_due"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)), fields=["contact"], name="promise_by_contact"
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("referral__isnull", False)),
                fields=["referral"],
                name="promise_by_referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["callback", "information", "re_homing"])),
                name="promise_kind_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["kept", "let_go", "open"])), name="promise_state_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                    ),
                    models.Q(("state", "open"), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                    _connector="OR",
                ),
                name="promise_ended_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"), models.Q(("ending_words", ""), _negated=True), _connector="OR"
                ),
                name="promise_ended_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__isnull", True), ("due_at__gt", models.F("made_at")), _connector="OR"
                ),
                name="promise_due_after_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("as_of_at__isnull", True), ("as_of_at__gte", models.F("made_at")), _connector="OR"
                ),
                name="promise_seen_after_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("ended_at__gte", models.F("made_at")), _connector="OR"
                ),
                name="promise_ended_after_made",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(("escalation_level__gte", 0)), name="promise_level_from_none"
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contact__isnull", False),
                    ("referral__isnull", False),
                    ("person__isnull", False),
                    _connector="OR",
                ),
                name="promise_is_about_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.UniqueConstraint(fields=("promise", "level"), name="escalation_once_per_level"),
        ),
        migrations.AddConstraint(
            model_name="escalation",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__gte", 1)), name="escalation_level_from_one"
            ),
        ),
    ]
