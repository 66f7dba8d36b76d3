"""
How often something was tried lately, known to every process at once: one statement, which also counts.

Kept for minutes beside failed tries to sign in, under a fingerprint: nobody reads from it who tried.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection

# The first try begins a time in which tries are counted; the first after its end begins another.
COUNT = """
INSERT INTO accounts_remembered AS known (cache_key, value, expires) VALUES (%(key)s, '1', %(until)s)
ON CONFLICT (cache_key) DO UPDATE SET
    value = CASE WHEN known.expires <= %(at)s THEN '1' ELSE (known.value::int + 1)::text END,
    expires = CASE WHEN known.expires <= %(at)s THEN excluded.expires ELSE known.expires END
RETURNING value::int, expires
"""


def count(what: str, *whose: object, within: timedelta, at: datetime) -> tuple[int, datetime]:
    """This try is counted: how many there were now, and until when they are remembered."""
    fingerprint = sha256("/".join(map(str, whose)).encode()).hexdigest()
    key = {"key": f"pace:{what}:{fingerprint}", "at": at, "until": at + within}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, key)
        tries, until = cursor.fetchone()
    return tries, until
