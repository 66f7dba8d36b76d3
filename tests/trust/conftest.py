"""A journal of a few chains, recorded by real acts in a small place, and the two roles that reach it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from nowrongdoor.kernel.journal import entries, sealing
from nowrongdoor.kernel.journal.anchor_file import AnchorFile
from nowrongdoor.kernel.journal.anchoring import anchor
from nowrongdoor.kernel.journal.models import Entry, Seal
from nowrongdoor.kernel.journal.verifying import verify
from nowrongdoor.rules.chain import Fault
from tests.worlds.small_place import SmallPlace

TWO_PM = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TABLES = ("journal_entry", "journal_seal", "journal_salt")


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


@pytest.fixture
def stood(place: SmallPlace, file: AnchorFile, monkeypatch: pytest.MonkeyPatch) -> SmallPlace:
    """A place whose journal was sealed and anchored in two minutes, with the anchor named by the setting."""
    return stand(place, file, monkeypatch)


@pytest.fixture
def tamper(stood: SmallPlace) -> Callable[..., None]:
    """
    Statements at a prompt with no guard in the way.

    A temporary table goes before the real one of the same name, for this connection alone, and has no
    trigger.
    """
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS SELECT * FROM public.{table}")

    def type_in(*statements: str, **values: object) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, values)

    return type_in


@pytest.fixture
def owner_tampers(owner: psycopg.Connection) -> Callable[..., None]:
    """The owner of the tables, with their triggers off; committed."""

    def type_in(*statements: str, **values: object) -> None:
        for turn in ("DISABLE", "ENABLE"):
            for table in TABLES:
                owner.execute(f"ALTER TABLE {table} {turn} TRIGGER USER")
            if turn == "DISABLE":
                for statement in statements:
                    owner.execute(statement, values)
        owner.commit()

    return type_in


def stand(place: SmallPlace, file: AnchorFile, monkeypatch: pytest.MonkeyPatch) -> SmallPlace:
    monkeypatch.setenv("NWD_ANCHOR", str(file.path))
    for minute in range(2):
        record(place)
        anchored(file, TWO_PM + minute * MINUTE)
    return place


def record(place: SmallPlace, referrals: int = 2) -> None:
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


def council() -> UUID:
    return Entry.objects.filter(by_team_name="Social care").values_list("agency_id", flat=True)[0]


def entry_at(number: int, agency_id: UUID | None = None) -> UUID:
    return Seal.objects.get(agency_id=agency_id or council(), number=number).entry_id


def first_break(file: AnchorFile) -> tuple[Fault, str | None, int]:
    first = verify(anchor=file.path).breaks[0]
    return first.fault, first.agency_id, first.number


def said_by(*arguments: str) -> tuple[int, str]:
    """A command's exit code, and all it said."""
    out = io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def until(so: Callable[[], bool], *, within: float = 20) -> float:
    """Waits until it is so; answers with how long that took."""
    began = time.monotonic()
    while not so():
        assert time.monotonic() - began < within, "it never was so"
        time.sleep(0.02)
    return time.monotonic() - began
