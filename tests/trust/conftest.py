"""A journal of a few chains, recorded by real acts in a small place, and the two roles that reach it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from nowrongdoor.kernel.journal import entries, sealing
from nowrongdoor.kernel.journal.anchor_file import AnchorFile
from nowrongdoor.kernel.journal.anchoring import anchor
from tests.worlds.small_place import SmallPlace

TWO_PM = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)


@pytest.fixture
def place(db: None) -> SmallPlace:
    return SmallPlace.begin()


@pytest.fixture
def owner(test_database, django_db_setup) -> Iterator[psycopg.Connection]:
    """Somebody at a prompt who owns the tables; nothing is kept that is not committed."""
    with psycopg.connect(test_database.owner_url) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def file(tmp_path: Path) -> AnchorFile:
    return AnchorFile(tmp_path / "anchor.jsonl")


def record(place: SmallPlace, referrals: int = 3) -> None:
    """Acts of two agencies, and an entry of the system's own."""
    for _ in range(referrals):
        place.a_referral()
        place.a_referral(by=place.sam)
    entries.tell(
        entries.ANCHOR, uuid4(), entries.RE_ANCHORED, {}, agency_id=None, by_name="", at=place.later()
    )


def seal_all(at: datetime = TWO_PM) -> int:
    return sum(iter(lambda: sealing.seal(at=at), 0))


def anchored(file: AnchorFile, at: datetime) -> None:
    seal_all(at)
    assert anchor(file, at=at) is not None
