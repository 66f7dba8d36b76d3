"""A short intervention is awaited too: that it is handed over or planned."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("handovers", "0009_counted"),
        ("referrals", "0005_triaged_as"),
        ("stages", "0005_holding_powers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="stage",
            name="stage_kind_words",
        ),
        migrations.AddConstraint(
            model_name="stage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "answered",
                            "direct_contact",
                            "face_to_face",
                            "first_contact",
                            "received",
                            "sent",
                            "short_intervention",
                        ],
                    )
                ),
                name="stage_kind_words",
            ),
        ),
    ]
