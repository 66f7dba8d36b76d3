"""The outbox. A new table: it holds no lock that anyone waits for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0004_discipline"),
        ("contacts", "0006_signpost_guards"),
        ("people", "0011_why_not_said"),
        ("referrals", "0005_triaged_as"),
        ("services", "0010_suggestion_guards"),
        ("visits", "0003_reported"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
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
                        db_comment="What it is: on the way, a leaflet, a link of a service or of an offer"
                    ),
                ),
                ("channel", models.TextField(db_comment="A text or an e-mail")),
                (
                    "link_id",
                    models.UUIDField(db_comment="The link it carries; its secret is not kept", null=True),
                ),
                ("words", models.TextField(db_comment="What it says, without the secret of a link")),
                (
                    "state",
                    models.TextField(db_comment="Waiting, taken by whoever carries it, or never to go"),
                ),
                ("promised_at", models.DateTimeField(db_comment="When it was promised")),
                ("until_at", models.DateTimeField(db_comment="From when it is no use any more")),
                (
                    "due_at",
                    models.DateTimeField(
                        db_comment="When it is tried next; empty once it is settled", null=True
                    ),
                ),
                ("attempts", models.IntegerField(db_comment="How often it was tried")),
                ("reference", models.TextField(db_comment="What whoever took it calls it")),
                ("why", models.TextField(db_comment="Why it never went")),
                ("ended_at", models.DateTimeField(db_comment="When it was taken, or given up", null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        db_comment="The contact it was promised in",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="Whom it goes to, on their number as it stands then",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "promised_by",
                    models.ForeignKey(
                        db_comment="Who promised it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        db_comment="What it is about",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_comment="The service it goes to, as its entry says then",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.service",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team that promised it",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        db_comment="The visit it tells of",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="visits.visit",
                    ),
                ),
            ],
            options={
                "db_table_comment": "The outbox: what is to leave the place, and what left",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["due_at"],
                        name="message_by_next_try",
                    ),
                    models.Index(
                        condition=models.Q(("visit__isnull", False)),
                        fields=["visit"],
                        name="message_by_visit",
                    ),
                    models.Index(
                        condition=models.Q(("person__isnull", False)),
                        fields=["person"],
                        name="message_by_person",
                    ),
                    models.Index(
                        condition=models.Q(("link_id__isnull", False)),
                        fields=["link_id"],
                        name="message_by_link",
                    ),
                    models.Index(
                        condition=models.Q(("service__isnull", False)),
                        fields=["service"],
                        name="message_by_service",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["answer_link", "leaflet", "on_the_way", "places_link"])
                        ),
                        name="message_kind_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "text"])), name="message_channel_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["failed", "sent", "waiting"])),
                        name="message_state_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="message_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), ("due_at__isnull", False)),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("due_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_waits_for_its_next_try",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)
                            ),
                            models.Q(("state", "waiting"), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="message_ends_when_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="message_fails_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True),
                            ("until_at__gt", models.F("promised_at")),
                            _connector="OR",
                        ),
                        name="message_is_of_use_for_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("promised_at")),
                            _connector="OR",
                        ),
                        name="message_ended_after_promised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attempts__gte", 0)), name="message_tries_from_none"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            ("service__isnull", False),
                            ("link_id__isnull", False),
                            _connector="OR",
                        ),
                        name="message_goes_to_someone",
                    ),
                ],
            },
        ),
    ]
