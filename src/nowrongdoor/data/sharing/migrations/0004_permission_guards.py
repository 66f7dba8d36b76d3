"""Permissions are kept for good, and the web may not delete them."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_permissions")]

    operations = [
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP TRIGGER kept_for_good ON sharing_permission;",
        ),
    ]
