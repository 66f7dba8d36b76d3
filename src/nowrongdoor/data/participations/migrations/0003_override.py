"""Sharing to keep someone safe is for everyone of the team that is told."""

from pathlib import Path

from django.db import migrations

NOW = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
ANY_PURPOSE = "CASE n.confidentiality_basis WHEN 'safeguarding' THEN '' ELSE n.purpose END"
BEFORE = NOW.replace(ANY_PURPOSE, "n.purpose")


class Migration(migrations.Migration):
    dependencies = [("participations", "0002_follow")]

    operations = [migrations.RunSQL(NOW, BEFORE)]
