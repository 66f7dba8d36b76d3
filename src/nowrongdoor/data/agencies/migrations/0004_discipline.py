"""The profession of a member, so that a decision can say by which it was made. Nobody's is known yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_last_member"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="discipline",
            field=models.TextField(
                db_comment="Profession, from the list; empty while nobody has recorded it", default=""
            ),
            preserve_default=False,
        ),
    ]
