"""The second wall: nwd_reader is shown a row only where the agency of its viewer has a part in the care."""

from pathlib import Path

from django.db import migrations

UNDO = """
DO $$
DECLARE here record;
BEGIN
    FOR here IN
        SELECT tablename, policyname FROM pg_policies WHERE policyname IN ('engine', 'own_agency')
    LOOP
        EXECUTE format('DROP POLICY %I ON %I', here.policyname, here.tablename);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', here.tablename);
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON ALL TABLES IN SCHEMA public FROM nwd_reader;
    END IF;
END
$$;
DROP FUNCTION parts_in_care_of(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("participations", "0003_override"),
        ("access_log", "0002_guards"),
        ("journal", "0004_seal_guards"),
        ("agencies", "0004_discipline"),
        ("attachments", "0002_guards"),
        ("contacts", "0004_within_reach"),
        ("drafts", "0002_guards"),
        ("handovers", "0005_chase_guards"),
        ("holdings", "0003_re_homing_is_offered"),
        ("people", "0003_by_area"),
        ("promises", "0002_guards"),
        ("referrals", "0005_triaged_as"),
        ("services", "0002_guards"),
        ("sharing", "0004_permission_guards"),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), UNDO),
    ]
