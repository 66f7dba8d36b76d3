"""What may keep help from somebody may have been found in any part of a record: which one is said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promises", "0009_visits")]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="held_from",
            field=models.TextField(
                db_comment=(
                    "In which part of a record that was found; empty where it is what staff would know first"
                ),
                default="",
            ),
            preserve_default=False,
        ),
    ]
