"""A promise keeps the version of the standard it is due by. Earlier ones do not say."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0004_alarms"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="standard",
            field=models.TextField(
                db_comment="The standard it is due by, with its date; empty where somebody named a time",
                default="",
            ),
            preserve_default=False,
        ),
    ]
