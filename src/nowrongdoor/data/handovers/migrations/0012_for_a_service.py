"""
An offer may name the service it is for. Nothing is written to the offers that are there, and none is looked
at: the column is new and empty. The table is locked for an instant.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

UNDO = """
DROP TRIGGER service_keeps_its_team ON services_service;
DROP FUNCTION service_keeps_its_team();
DROP TRIGGER handover_keeps_its_service ON handovers_handover;
DROP TRIGGER handover_for_own_service ON handovers_handover;
DROP FUNCTION handover_for_own_service();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0011_onward_links"),
        ("services", "0010_suggestion_guards"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="service",
            field=models.ForeignKey(
                db_comment="For which service of the team that is asked; empty where not said",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="services.service",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
