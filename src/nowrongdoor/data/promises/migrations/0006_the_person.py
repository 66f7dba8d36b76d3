"""A person may be waited for: they were given time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0005_standard"),
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
                            "loop",
                            "lost_to_contact",
                            "no_capacity",
                            "partner_unreachable",
                            "re_homing",
                            "repeated_contact",
                            "the_person",
                        ],
                    )
                ),
                name="promise_kind_words",
            ),
        ),
    ]
