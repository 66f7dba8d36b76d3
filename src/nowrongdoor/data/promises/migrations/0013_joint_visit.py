"""An answer owed to the team one goes to somebody with is a promise of its own kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("contacts", "0006_signpost_guards"),
        ("people", "0011_why_not_said"),
        ("promises", "0012_just_to_talk_guards"),
        ("referrals", "0006_endings_counted"),
    ]

    operations = [
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
                            "joint_visit",
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
    ]
