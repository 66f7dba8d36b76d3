"""What every connection of the product asks of PostgreSQL."""

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value"), [("jit", "off"), ("lock_timeout", "5s"), ("statement_timeout", "30s")]
)
def test_no_statement_is_compiled_and_none_waits_for_ever(setting, value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [setting])
        assert cursor.fetchone() == (value,)
