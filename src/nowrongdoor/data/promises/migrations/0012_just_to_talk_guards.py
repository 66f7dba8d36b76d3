"""A call just to talk is kept for good, behind the second wall; its network reads that promise."""

from pathlib import Path

from django.db import migrations

READS = """
DO $wall$
BEGIN
    IF EXISTS (SELECT FROM pg_policies
            WHERE tablename = 'promises_promise' AND policyname = 'own_agency') THEN
        ALTER POLICY own_agency ON promises_promise USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = promises_promise.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = promises_promise.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = promises_promise.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM contacts_contact c
                WHERE c.id = promises_promise.contact_id OFFSET 0){also});
    END IF;
END
$wall$;
"""
# It has no part in the care: it reads what it owes, by the team that owes it.
NETWORK = """
            OR (kind = 'just_to_talk' AND EXISTS (
                SELECT FROM agencies_team t WHERE t.id = promises_promise.owner_team_id
                    AND t.agency_id = current_setting('app.agency')::uuid OFFSET 0))"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_guards"),
        ("participations", "0009_no_part_by_talking"),
        ("promises", "0011_just_to_talk"),
    ]

    operations = [
        migrations.RunSQL(READS.replace("{also}", NETWORK), READS.replace("{also}", "")),
        migrations.RunSQL(
            Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
            "DROP TRIGGER kept_for_good ON promises_talk",
        ),
    ]
