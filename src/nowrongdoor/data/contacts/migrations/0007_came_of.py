"""What came of being told of a service, once somebody was asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0006_signpost_guards")]

    operations = [
        migrations.AddField(
            model_name="signpost",
            name="came_of",
            field=models.TextField(
                db_comment=(
                    "What came of it, as they said when asked afterwards; empty while nobody has asked"
                ),
                default="",
            ),
            preserve_default=False,
        ),
    ]
