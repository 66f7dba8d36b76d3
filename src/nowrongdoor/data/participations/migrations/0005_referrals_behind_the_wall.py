"""Referrals and handovers stand behind the second wall; who answers by when is handed out to the board."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON referrals_referral;
DROP POLICY IF EXISTS own_agency ON referrals_referral;
ALTER TABLE referrals_referral DISABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS engine ON handovers_handover;
DROP POLICY IF EXISTS own_agency ON handovers_handover;
ALTER TABLE handovers_handover DISABLE ROW LEVEL SECURITY;
DROP VIEW board_handover;
DROP VIEW board_referral;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participations", "0004_second_wall"),
        ("referrals", "0005_triaged_as"),
        ("handovers", "0005_chase_guards"),
        ("sharing", "0005_no_agreement"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
