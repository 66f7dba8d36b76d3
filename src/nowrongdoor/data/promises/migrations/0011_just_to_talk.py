"""A call just to talk is a promise, and what a network is told of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("contacts", "0006_signpost_guards"),
        ("people", "0011_why_not_said"),
        ("promises", "0010_held_from"),
        ("referrals", "0005_triaged_as"),
        ("services", "0010_suggestion_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Talk",
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
                ("ask_for", models.TextField(db_comment="The first name that a volunteer asks for")),
                ("number", models.TextField(db_comment="Which number they ring")),
                (
                    "safe_to_call",
                    models.TextField(
                        db_comment="Whether it is safe to ring, as was known when asked for or last taken"
                    ),
                ),
                (
                    "suits_from",
                    models.DateTimeField(db_comment="From when it suits the person to be rung", null=True),
                ),
                (
                    "words",
                    models.TextField(
                        db_comment="What the person would like to talk about, in their own words"
                    ),
                ),
                ("asked_at", models.DateTimeField(db_comment="When it was asked for")),
                ("tries", models.IntegerField(db_comment="How often nobody answered")),
            ],
            options={
                "db_table_comment": "Calls just to talk that a network was asked for, with the person's yes",
            },
        ),
        migrations.RemoveConstraint(
            model_name="promise",
            name="promise_kind_words",
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "after_visit",
                            "callback",
                            "check_in",
                            "disagreement",
                            "holder_off",
                            "information",
                            "just_to_talk",
                            "late_arrival",
                            "loop",
                            "lost_to_contact",
                            "no_capacity",
                            "not_at_home",
                            "partner_unreachable",
                            "police_gap",
                            "police_recheck",
                            "re_homing",
                            "repeated_contact",
                            "second_reading",
                            "the_person",
                            "urgent_health",
                            "visit",
                        ],
                    )
                ),
                name="promise_kind_words",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="asked_by",
            field=models.ForeignKey(
                db_comment="Who asked for it, and has it again when nobody answers",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.member",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="asked_team",
            field=models.ForeignKey(
                db_comment="The team that asked for the call",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.team",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="promise",
            field=models.ForeignKey(
                db_comment="The promise to ring, by its time",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="promises.promise",
            ),
        ),
        migrations.AddField(
            model_name="talk",
            name="service",
            field=models.ForeignKey(
                db_comment="Which network of the directory was asked",
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="services.service",
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.UniqueConstraint(fields=("promise",), name="talk_once_per_promise"),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("ask_for", ""), _negated=True), name="talk_says_whom_to_ask_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="talk_says_which_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("tries__gte", 0)), name="talk_tries_from_none"
            ),
        ),
    ]
