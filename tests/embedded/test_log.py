"""The log of the private PostgreSQL: what was refused and by which rule, and nothing about anyone."""

from pathlib import Path

import psycopg
import pytest

from nowrongdoor import embedded
from nowrongdoor.embedded import launching

CANARY = "Canarywen"


def refused(server: embedded.Server) -> str:
    """What its log has gained when a row was refused."""
    before = server.log.stat().st_size
    with psycopg.connect(server.owner_url, autocommit=True, cursor_factory=psycopg.ClientCursor) as owner:
        owner.execute(
            "CREATE TEMPORARY TABLE people (name text CONSTRAINT known_name CHECK (name = 'known'))"
        )
        with pytest.raises(psycopg.errors.CheckViolation, match=CANARY):
            owner.execute("INSERT INTO people VALUES (%s)", [CANARY])
    return server.log.read_bytes()[before:].decode()


def test_a_row_that_was_refused_is_not_in_the_log(server: embedded.Server) -> None:
    said = refused(server)
    assert "known_name" in said and CANARY not in said


def test_as_postgresql_comes_the_row_would_be_in_the_log(
    empty_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in launching.FLAGS if one.startswith("log_") and one != "log_timezone"]:
        monkeypatch.delitem(launching.FLAGS, name)
    server = embedded.start(empty_directory, fast=True)
    try:
        assert CANARY in refused(server)
    finally:
        server.stop()
