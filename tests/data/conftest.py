"""A database with all its guards, and the two roles that can reach it."""

import pytest


@pytest.fixture(scope="session")
def urls(test_database, django_db_setup) -> dict[str, str]:
    """The address for each role: the one the web has, and the one that owns every table."""
    return {"nwd_app": test_database.app_url, "nwd_owner": test_database.owner_url}
