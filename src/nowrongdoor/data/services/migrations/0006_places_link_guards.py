"""A link of a service stays bound to it, and what is over stays over."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON services_placeslink;
DROP TRIGGER places_link_stays_bound ON services_placeslink;
DROP FUNCTION places_link_stays_bound();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0005_places_links"),
        ("journal", "0002_guards"),
        ("participations", "0004_second_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
