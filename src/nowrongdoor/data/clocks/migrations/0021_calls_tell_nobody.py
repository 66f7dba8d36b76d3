"""Whoever rings just to talk has no part in the care: the clock of a call does not say whom it is about."""

from django.db import migrations

from nowrongdoor.data.clocks.migrations import _following

PARTS = ("0011_follow_statutory.part.sql", "0013_follow_reviews.part.sql")
# Read as rows of the clocks alone change: as the owner, past what tells one team's rows from another's.
FOLLOW = """
UPDATE clocks_clock SET version = version + 1, person_id = NULL, referral_id = NULL, contact_id = NULL
WHERE kind = 'just_to_talk';
"""
# Whom a promise is about is on it still: following it once more brings it back.
FOLLOW_AGAIN = """
UPDATE clocks_clock c SET version = c.version + 1, referral_id = d.referral_id, contact_id = d.contact_id
FROM promises_promise d WHERE d.id = c.id AND d.kind = 'just_to_talk';
SELECT follow_clocks(COALESCE(array_agg(id), '{}')) FROM promises_promise WHERE kind = 'just_to_talk';
"""


class Migration(migrations.Migration):
    dependencies = [("clocks", "0020_just_to_talk"), ("promises", "0012_just_to_talk_guards")]

    operations = [
        migrations.RunSQL(
            _following.function(*PARTS, calls_tell_nobody=True) + FOLLOW,
            _following.function(*PARTS) + FOLLOW_AGAIN,
        ),
    ]
