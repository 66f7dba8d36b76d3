"""The holding powers of a ward, and the handover by the police, are given a time too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stages", "0004_statutory_guards"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="statutoryclock",
            name="statutory_kind_words",
        ),
        migrations.AddConstraint(
            model_name="statutoryclock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "doctor_holding",
                            "nurse_holding",
                            "place_of_safety",
                            "review",
                            "s136_handover",
                            "safeguarding",
                        ],
                    )
                ),
                name="statutory_kind_words",
            ),
        ),
    ]
