"""A sweep finds what has woken by an index: that of before was for what runs, which it does not ask."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clocks", "0005_by_reach")]

    operations = [
        migrations.RemoveIndex(model_name="clock", name="clock_awake"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["wakes_at"], condition=models.Q(wakes_at__isnull=False), name="clock_awake"
            ),
        ),
    ]
