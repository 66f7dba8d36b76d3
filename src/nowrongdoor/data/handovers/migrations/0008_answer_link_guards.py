"""A link stays bound to its offer and team, and what is over stays over; all of it behind the wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP TRIGGER kept_for_good ON handovers_answerlink;
DROP TRIGGER answer_link_is_so ON handovers_answerlink;
DROP FUNCTION answer_link_is_so();
DROP TRIGGER answer_link_stays_bound ON handovers_answerlink;
DROP FUNCTION answer_link_stays_bound();
DROP POLICY IF EXISTS engine ON handovers_answerlink;
DROP POLICY IF EXISTS own_agency ON handovers_answerlink;
ALTER TABLE handovers_answerlink DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handovers", "0007_answer_links"),
        ("journal", "0002_guards"),
        ("participations", "0005_referrals_behind_the_wall"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
