"""Downtime packs: what is kept in their folder."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import downtime

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_what_a_process_that_was_killed_left_goes_once_it_is_old():
    def left(before: timedelta) -> str:
        return f".{downtime.file_name('Crisis team', UUID(int=1), at=AT - before)}.4711.140234"

    old, new = left(timedelta(days=2)), left(timedelta(minutes=1))
    others = [".hidden", ".profile.1.2", "notes.html"]
    assert downtime.to_prune([old, new, *others], at=AT) == [old]
    assert downtime.is_due([new], at=AT), "what is not whole is no pack"
