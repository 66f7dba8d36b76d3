"""What was decided with the police stays, and leaves nobody without a holder and a task; behind the wall."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON police_policedecision;
DROP POLICY IF EXISTS own_agency ON police_policedecision;
ALTER TABLE police_policedecision DISABLE ROW LEVEL SECURITY;
DROP TRIGGER told_when_changed ON police_policedecision;
DROP TRIGGER told_when_added ON police_policedecision;
DROP FUNCTION tell_police();
DROP TRIGGER police_before_closing ON referrals_referral;
DROP FUNCTION police_before_closing();
DROP TRIGGER police_leaves_no_gap ON police_policedecision;
DROP FUNCTION police_leaves_no_gap();
DROP TRIGGER police_stays_as_decided ON police_policedecision;
DROP FUNCTION police_stays_as_decided();
ALTER TABLE police_policedecision DROP CONSTRAINT police_no_knows;
DROP TRIGGER kept_for_good ON police_policedecision;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("police", "0001_police"),
        ("promises", "0007_police"),
        ("clocks", "0015_police"),
        ("holdings", "0003_re_homing_is_offered"),
        ("participations", "0008_kept_safe"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
