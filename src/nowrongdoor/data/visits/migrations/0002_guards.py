"""Visits stay on record, are told to boards and behind the wall; no referral closes before they are over."""

from pathlib import Path

from django.db import migrations

UNDO = """
DROP POLICY IF EXISTS engine ON visits_visit;
DROP POLICY IF EXISTS own_agency ON visits_visit;
ALTER TABLE visits_visit DISABLE ROW LEVEL SECURITY;
DROP TRIGGER told_when_changed ON visits_crew;
DROP TRIGGER told_when_added ON visits_crew;
DROP FUNCTION tell_crews();
DROP TRIGGER told_when_changed ON visits_visit;
DROP TRIGGER told_when_added ON visits_visit;
DROP FUNCTION tell_visits();
DROP TRIGGER visit_stays_over ON visits_visit;
DROP FUNCTION visit_stays_over();
DROP TRIGGER visit_before_closing ON referrals_referral;
DROP FUNCTION visit_before_closing();
DROP TRIGGER kept_for_good ON visits_going;
DROP TRIGGER kept_for_good ON visits_visit;
DROP TRIGGER kept_for_good ON visits_seat;
DROP TRIGGER kept_for_good ON visits_crew;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0001_visits"),
        ("promises", "0009_visits"),
        ("clocks", "0017_visits"),
        ("holdings", "0003_re_homing_is_offered"),
        ("participations", "0008_kept_safe"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
