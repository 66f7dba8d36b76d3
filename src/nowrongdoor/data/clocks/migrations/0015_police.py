"""What is owed with a decision with the police has its clocks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0014_the_person"),
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
