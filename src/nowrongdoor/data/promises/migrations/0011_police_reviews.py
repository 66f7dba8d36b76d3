"""A review of a disagreement with the police is owed, until somebody has made it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0010_held_from"),
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
                            "late_arrival",
                            "loop",
                            "lost_to_contact",
                            "no_capacity",
                            "not_at_home",
                            "partner_unreachable",
                            "police_gap",
                            "police_recheck",
                            "police_review",
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
