"""What may keep help from somebody waits for a second reader, who never is its writer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("contacts", "0004_within_reach"),
        ("people", "0005_found_by_keys"),
        ("promises", "0007_police"),
        ("referrals", "0005_triaged_as"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="promise",
            name="promise_kind_words",
        ),
        migrations.AddField(
            model_name="promise",
            name="held_words",
            field=models.TextField(
                db_comment="What was written for colleagues and stands only when a second person has read it",
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="promise",
            name="written_by",
            field=models.ForeignKey(
                db_comment="Who wrote it, and so may not be its second reader",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.member",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "callback",
                            "disagreement",
                            "holder_off",
                            "information",
                            "late_arrival",
                            "loop",
                            "lost_to_contact",
                            "no_capacity",
                            "partner_unreachable",
                            "police_gap",
                            "police_recheck",
                            "re_homing",
                            "repeated_contact",
                            "second_reading",
                            "the_person",
                            "urgent_health",
                        ],
                    )
                ),
                name="promise_kind_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "second_reading"), ("written_by__isnull", False)),
                    models.Q(
                        models.Q(("kind", "second_reading"), _negated=True), ("written_by__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="promise_held_words_have_a_writer",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "second_reading"), _negated=True),
                    models.Q(("held_words", ""), _negated=True),
                    _connector="OR",
                ),
                name="promise_what_waits_is_said",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("written_by__isnull", True),
                    ("ended_by__isnull", True),
                    models.Q(("ended_by", models.F("written_by")), _negated=True),
                    _connector="OR",
                ),
                name="promise_read_by_another",
            ),
        ),
    ]
