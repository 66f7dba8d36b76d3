"""What waits for a second reader has a clock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0015_police"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="clock",
            name="clock_kind_words",
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "answer_referrer",
                            "answered",
                            "callback",
                            "direct_contact",
                            "disagreement",
                            "face_to_face",
                            "first_contact",
                            "governance_review",
                            "holder_off",
                            "information",
                            "late_arrival",
                            "loop",
                            "lost_to_contact",
                            "no_capacity",
                            "offer",
                            "partner_unreachable",
                            "place_of_safety",
                            "police_gap",
                            "police_recheck",
                            "re_homing",
                            "received",
                            "repeated_contact",
                            "response",
                            "review",
                            "safeguarding",
                            "second_reading",
                            "sent",
                            "the_person",
                            "urgent_health",
                        ],
                    )
                ),
                name="clock_kind_words",
            ),
        ),
    ]
