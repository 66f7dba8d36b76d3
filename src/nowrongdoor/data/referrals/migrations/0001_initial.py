import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("contacts", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
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
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Needs, one or several; none means not known yet",
                        size=None,
                    ),
                ),
                ("request", models.TextField(db_comment="What is asked for")),
                (
                    "words",
                    models.TextField(db_comment="What was said, in the person's or referrer's own words"),
                ),
                (
                    "urgency",
                    models.TextField(db_comment="Response time set by triage; empty until then", null=True),
                ),
                (
                    "standard",
                    models.TextField(db_comment="The standard, with its date, that the due time follows"),
                ),
                (
                    "state",
                    models.TextField(db_comment="New, waiting, triaged, accepted, under way or closed"),
                ),
                (
                    "waiting_from",
                    models.TextField(db_comment="The state it goes back to when the answer comes", null=True),
                ),
                (
                    "received_at",
                    models.DateTimeField(db_comment="When it was received; nothing restarts this"),
                ),
                ("due_at", models.DateTimeField(db_comment="When the response falls due")),
                ("triaged_at", models.DateTimeField(db_comment="When a specialist last decided", null=True)),
                ("triage_words", models.TextField(db_comment="Why it was decided so")),
                ("accepted_at", models.DateTimeField(db_comment="When a team took the person on", null=True)),
                ("closed_at", models.DateTimeField(db_comment="When it was closed", null=True)),
                ("outcome", models.TextField(db_comment="How it ended")),
                ("told", models.TextField(db_comment="What the person was told at the end")),
                ("told_by", models.TextField(db_comment="How or by whom they were told")),
                ("reopened_at", models.DateTimeField(db_comment="When it was last reopened", null=True)),
                ("reopening_words", models.TextField(db_comment="Why it was reopened")),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_comment="Who closed it",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_comment="The contact it came from, if any",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        db_comment="The earlier referral for the same request, which stays held",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "from_team",
                    models.ForeignKey(
                        db_comment="The team that took it in",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
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
                    "triaged_by",
                    models.ForeignKey(
                        db_comment="The specialist who decided",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Requests that a service take someone on",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "closed"), _negated=True),
                        fields=["due_at", "id"],
                        name="referral_open_by_due",
                    ),
                    models.Index(
                        condition=models.Q(("person__isnull", False)),
                        fields=["person", "received_at"],
                        name="referral_by_person",
                    ),
                    models.Index(
                        condition=models.Q(("contact__isnull", False)),
                        fields=["contact"],
                        name="referral_by_contact",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["accepted", "closed", "new", "triaged", "under_way", "waiting"])
                        ),
                        name="referral_state_words",
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
                        name="referral_closed_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_closed_with_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("told", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_closed_and_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("told_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_closed_and_told_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "closed"),
                            models.Q(
                                ("duplicate_of__isnull", True), ("outcome", ""), ("told", ""), ("told_by", "")
                            ),
                            _connector="OR",
                        ),
                        name="referral_open_has_no_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duplicate_of__isnull", True),
                            models.Q(("duplicate_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_not_its_own_duplicate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("triaged_at__isnull", False), ("triaged_by__isnull", False)),
                            models.Q(("triaged_at__isnull", True), ("triaged_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="referral_triaged_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("triaged_at__isnull", False), ("urgency__isnull", False)),
                            models.Q(("triaged_at__isnull", True), ("urgency__isnull", True)),
                            _connector="OR",
                        ),
                        name="referral_triaged_with_urgency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "triaged"), _negated=True),
                            ("triaged_at__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_triaged_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "under_way"]), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_accepted_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), ("waiting_from__isnull", False)),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True), ("waiting_from__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="referral_waits_from_a_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("waiting_from__in", ["accepted", "new", "triaged", "under_way"])),
                        name="referral_waiting_from_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", True),
                            ("due_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="referral_due_after_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("triaged_at__isnull", True),
                            ("triaged_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="referral_triaged_after_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("accepted_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="referral_accepted_after_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            ("closed_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="referral_closed_after_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reopened_at__isnull", True),
                            ("reopened_at__gte", models.F("received_at")),
                            _connector="OR",
                        ),
                        name="referral_reopened_after_received",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reopened_at__isnull", False), _negated=True),
                            models.Q(("reopening_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_reopened_for_a_reason",
                    ),
                ],
            },
        ),
    ]
