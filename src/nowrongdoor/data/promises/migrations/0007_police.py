"""What is owed with a decision with the police."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("contacts", "0004_within_reach"),
        ("people", "0005_found_by_keys"),
        ("promises", "0006_the_person"),
        ("referrals", "0005_triaged_as"),
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
                            "the_person",
                            "urgent_health",
                        ],
                    )
                ),
                name="promise_kind_words",
            ),
        ),
    ]
