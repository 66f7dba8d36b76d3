"""Whoever looks into sharing is told of a new agreement when it commits."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("boards", "0002_glass"), ("sharing", "0002_guards")]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP TRIGGER told_when_added ON sharing_agreement; DROP FUNCTION tell_agreements();",
        ),
    ]
