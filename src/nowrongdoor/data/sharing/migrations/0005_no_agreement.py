from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0004_discipline"),
        ("people", "0003_by_area"),
        ("sharing", "0004_permission_guards"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="review",
            name="review_kind_words",
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["break_glass", "no_agreement", "override", "pattern"])),
                name="review_kind_words",
            ),
        ),
    ]
