import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                    "channel",
                    models.TextField(db_comment="How they reached us: telephone, text, in person and so on"),
                ),
                (
                    "caller_kind",
                    models.TextField(
                        db_comment="The person, a carer, a professional, or somebody we may not name"
                    ),
                ),
                ("caller_name", models.TextField(db_comment="Name of the caller")),
                ("caller_agency", models.TextField(db_comment="Agency of a caller who is a professional")),
                ("callback_number", models.TextField(db_comment="Where to ring back")),
                (
                    "safe_to_call",
                    models.TextField(
                        db_comment="Whether it is safe to ring that number, or which kind of unknown"
                    ),
                ),
                ("where", models.TextField(db_comment="Where the person is now")),
                ("words", models.TextField(db_comment="What was said, in the caller's own words")),
                ("wish", models.TextField(db_comment="What the person would like to happen")),
                (
                    "at_home",
                    models.TextField(
                        db_comment="Who else is at home: children, those who depend on the person, animals"
                    ),
                ),
                (
                    "access_needs",
                    models.TextField(db_comment="What the person needs so that we can reach each other"),
                ),
                ("sharing_words", models.TextField(db_comment="What the person said about sharing this")),
                (
                    "state",
                    models.TextField(db_comment="Open while something is owed to the caller, then closed"),
                ),
                ("outcome", models.TextField(db_comment="What came of it")),
                ("happened_at", models.DateTimeField(db_comment="When the approach was made")),
                ("received_at", models.DateTimeField(db_comment="When it was recorded")),
                ("closed_at", models.DateTimeField(db_comment="When it ended", null=True)),
                ("closing_words", models.TextField(db_comment="What was said about its end")),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_comment="Who ended it",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_comment="Who answered",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whom it is about, once known",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team that answered",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Approaches to us, from any door",
                "indexes": [
                    models.Index(
                        condition=models.Q(("person__isnull", False)),
                        fields=["person", "received_at"],
                        name="contact_by_person",
                    ),
                    models.Index(fields=["team", "received_at"], name="contact_by_team"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["closed", "open"])), name="contact_state_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "closed"),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="contact_closed_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel", ""), _negated=True), name="contact_channel_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), _negated=True), name="contact_outcome_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_at__isnull", True),
                            ("received_at__gte", models.F("happened_at")),
                            _connector="OR",
                        ),
                        name="contact_received_after_it_happened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="contact_closed_after_received",
                    ),
                ],
            },
        ),
    ]
