"""What waits for a second reader is shown, as waiting, wherever staff look first. It needs no rewrite."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_about_guards")]
    operations = [
        migrations.AddField(
            "person",
            "know_waits",
            models.TextField(
                db_comment="What staff should know too, line by line, and a second person has still to read",
                default="",
            ),
            preserve_default=False,
        ),
    ]
