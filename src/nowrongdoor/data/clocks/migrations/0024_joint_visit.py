"""An answer owed to the team one goes to somebody with has a clock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0023_follow_disagreements"),
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
                            "after_visit",
                            "answer_referrer",
                            "answered",
                            "callback",
                            "check_in",
                            "direct_contact",
                            "disagreement",
                            "doctor_holding",
                            "face_to_face",
                            "first_contact",
                            "governance_review",
                            "holder_off",
                            "information",
                            "joint_visit",
                            "just_to_talk",
                            "late_arrival",
                            "loop",
                            "lost_to_contact",
                            "no_capacity",
                            "not_at_home",
                            "nurse_holding",
                            "offer",
                            "partner_unreachable",
                            "place_of_safety",
                            "police_bronze",
                            "police_gap",
                            "police_gold",
                            "police_recheck",
                            "police_silver",
                            "re_homing",
                            "received",
                            "repeated_contact",
                            "response",
                            "review",
                            "s136_handover",
                            "safeguarding",
                            "second_reading",
                            "sent",
                            "short_intervention",
                            "the_person",
                            "urgent_health",
                            "visit",
                        ],
                    )
                ),
                name="clock_kind_words",
            ),
        ),
    ]
