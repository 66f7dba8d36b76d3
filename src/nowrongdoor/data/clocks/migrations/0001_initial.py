import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0004_discipline"),
        ("people", "0003_by_area"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clock",
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
                ("kind", models.TextField(db_comment="What it waits for, such as an answer to an offer")),
                ("agency_id", models.UUIDField(db_comment="The agency of that team")),
                ("team_id", models.UUIDField(db_comment="The team that is answerable")),
                ("member_id", models.UUIDField(db_comment="The member who is, by name, if any", null=True)),
                ("person_id", models.UUIDField(db_comment="The person, once known", null=True)),
                ("referral_id", models.UUIDField(db_comment="The referral, if it is about one", null=True)),
                ("contact_id", models.UUIDField(db_comment="The contact, if it is about one", null=True)),
                (
                    "standard",
                    models.TextField(db_comment="The standard, with its date where the row says it"),
                ),
                ("started_at", models.DateTimeField(db_comment="When it started")),
                ("due_at", models.DateTimeField(db_comment="When it falls due")),
                ("is_running", models.BooleanField(db_comment="Whether it is still waited for")),
                ("step", models.IntegerField(db_comment="How often it has climbed")),
                (
                    "rung",
                    models.TextField(db_comment="The rung told last for this due time; empty when none was"),
                ),
                (
                    "next_at",
                    models.DateTimeField(db_comment="When the ladder goes on from that rung", null=True),
                ),
                (
                    "rests_until",
                    models.DateTimeField(db_comment="Until when a reply lets it rest, if any", null=True),
                ),
                (
                    "wakes_at",
                    models.DateTimeField(db_comment="When a sweep looks next; empty once stopped", null=True),
                ),
            ],
            options={
                "db_table_comment": "Running clocks, each from the row that promises something by a time",
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_running", True)), fields=["wakes_at"], name="clock_awake"
                    ),
                    models.Index(
                        condition=models.Q(("is_running", True)),
                        fields=["team_id", "due_at"],
                        name="clock_by_team",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("is_running", True),
                            ("rests_until__isnull", True),
                            models.Q(("rung", ""), _negated=True),
                        ),
                        fields=["agency_id", "due_at"],
                        name="clock_raised",
                    ),
                    models.Index(fields=["referral_id"], name="clock_by_referral"),
                    models.Index(
                        condition=models.Q(("contact_id__isnull", False)),
                        fields=["contact_id"],
                        name="clock_by_contact",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "answer_referrer",
                                    "callback",
                                    "information",
                                    "offer",
                                    "re_homing",
                                    "response",
                                ],
                            )
                        ),
                        name="clock_kind_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_running", True), ("wakes_at__isnull", False)),
                            models.Q(
                                models.Q(("is_running", True), _negated=True), ("wakes_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="clock_wakes_while_running",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sweep",
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
                ("worker", models.TextField(db_comment="The worker that swept: a host and a process")),
                ("finished_at", models.DateTimeField(db_comment="When its last sweep finished")),
                ("looked", models.IntegerField(db_comment="How many clocks it looked at")),
                ("climbed", models.IntegerField(db_comment="How many steps were taken")),
            ],
            options={
                "db_table_comment": "The last sweep of each worker that finished",
                "indexes": [models.Index(fields=["finished_at"], name="sweep_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Climb",
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
                ("kind", models.TextField(db_comment="What that clock waited for")),
                ("step", models.IntegerField(db_comment="First, second and so on")),
                ("rung", models.TextField(db_comment="Who was told: a rung of the ladder")),
                ("due_at", models.DateTimeField(db_comment="When the clock fell due, as it stood then")),
                ("owed_at", models.DateTimeField(db_comment="When this step was owed")),
                ("climbed_at", models.DateTimeField(db_comment="When it was taken")),
                ("next_at", models.DateTimeField(db_comment="When the ladder goes on if nobody replies")),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="The person, where known then",
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
                        db_comment="The referral, if it is about one",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_comment="The team that was answerable then",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.team",
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        db_comment="The clock that climbed",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.clock",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Steps up the ladder of clocks that are nearly due or have passed",
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "step"), name="climb_once_per_step"),
                    models.CheckConstraint(condition=models.Q(("step__gte", 1)), name="climb_step_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("climbed_at__isnull", True),
                            ("climbed_at__gte", models.F("owed_at")),
                            _connector="OR",
                        ),
                        name="climb_not_before_owed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_at__isnull", True),
                            ("next_at__gte", models.F("owed_at")),
                            _connector="OR",
                        ),
                        name="climb_goes_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
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
                ("step", models.IntegerField(db_comment="The step it replies to")),
                ("decision", models.TextField(db_comment="What is being done about it")),
                ("dissent", models.TextField(db_comment="Who disagreed and why; empty when nobody did")),
                (
                    "told",
                    models.TextField(db_comment="What the person was told, or why they do not know yet"),
                ),
                ("rests_until", models.DateTimeField(db_comment="Until when the clock rests")),
                ("replied_at", models.DateTimeField(db_comment="When it was decided")),
                (
                    "clock",
                    models.ForeignKey(
                        db_comment="The clock it is about",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clocks.clock",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_comment="The person, where known then",
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
                        db_comment="The referral, if it is about one",
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.referral",
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        db_comment="Who decided",
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.member",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Replies to clocks that had climbed; each ends nothing",
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "step"), name="reply_once_per_step"),
                    models.CheckConstraint(
                        condition=models.Q(("decision", ""), _negated=True), name="reply_with_a_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told", ""), _negated=True), name="reply_says_whether_told"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rests_until__isnull", True),
                            ("rests_until__gt", models.F("replied_at")),
                            _connector="OR",
                        ),
                        name="reply_rests_a_while",
                    ),
                ],
            },
        ),
    ]
