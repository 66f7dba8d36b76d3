"""An offer keeps the version of the standard that its answer is due by. Earlier ones do not say."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0005_chase_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="standard",
            field=models.TextField(
                db_comment="The standard its answer is due by, with its date; empty where older than that",
                default="",
            ),
            preserve_default=False,
        ),
    ]
