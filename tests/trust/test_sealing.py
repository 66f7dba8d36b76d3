"""What was recorded is sealed shortly after, once and without a gap, in whatever order it came."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from nowrongdoor.console import sealing as console
from nowrongdoor.kernel.journal import sealing
from nowrongdoor.kernel.journal.models import Entry, Salt, Seal
from nowrongdoor.kernel.journal.verifying import verify
from nowrongdoor.kernel.now import now
from tests.trust.conftest import TWO_PM, record, seal_all, until
from tests.worlds.small_place import SmallPlace

ENTRY = (
    "INSERT INTO journal_entry (id, subject, subject_id, version, kind, changes, happened_at, recorded_at,"
    " by_name, by_team_name, agency_id)"
    " VALUES (%s, 'people.person', gen_random_uuid(), 1, 'person.registered', '{\"words\": [null, \"x\"]}',"
    " %s, %s, 'Amir', 'Front door', %s)"
)


@pytest.fixture
def app(test_database, django_db_setup) -> Iterator[Callable[[], psycopg.Connection]]:
    """Connections of the web's own role, as many as are asked for."""
    opened: list[psycopg.Connection] = []

    def connect() -> psycopg.Connection:
        opened.append(psycopg.connect(test_database.app_url))
        return opened[-1]

    yield connect
    for one in opened:
        one.close()


def put(connection: psycopg.Connection, *, at=TWO_PM, agency_id: UUID | None = None) -> UUID:
    entry_id = uuid4()
    connection.execute(ENTRY, [entry_id, at, at, agency_id])
    return entry_id


def test_every_entry_has_its_seal_and_its_salt_and_every_chain_counts_from_one(place: SmallPlace):
    record(place)
    assert seal_all() == Entry.objects.count() == Seal.objects.count() == Salt.objects.count()
    agencies = set(Entry.objects.values_list("agency_id", flat=True))
    assert len(agencies) == 3 and None in agencies
    for agency_id in agencies:
        seals = Seal.objects.filter(agency_id=agency_id).order_by("number")
        assert [one.number for one in seals] == list(range(1, len(seals) + 1))
        assert {one.sealed_at for one in seals} == {TWO_PM}
    found = verify()
    assert (found.entries, found.chains, found.breaks) == (Entry.objects.count(), 3, [])


def test_nothing_is_sealed_twice_and_a_chain_goes_on_from_its_head(place: SmallPlace):
    record(place)
    before = seal_all()
    assert seal_all() == 0
    record(place)
    more = seal_all(TWO_PM + timedelta(minutes=1))
    assert more > 0 and Seal.objects.count() == before + more == Entry.objects.count()
    assert verify().holds


def test_no_two_entries_share_a_salt(place: SmallPlace):
    record(place)
    seal_all()
    assert len({bytes(salt) for salt in Salt.objects.values_list("salt", flat=True)}) == Salt.objects.count()


def test_a_long_journal_is_sealed_in_batches(place: SmallPlace, monkeypatch: pytest.MonkeyPatch):
    record(place)
    monkeypatch.setattr(sealing, "LOOK", 10)
    monkeypatch.setattr(sealing, "BATCH", 3)
    assert sealing.seal(at=TWO_PM) == 10
    seal_all()
    assert Seal.objects.count() == Entry.objects.count()
    assert verify().holds


# --- real commits -------------------------------------------------------------------------------------------


def test_what_commits_later_than_it_was_recorded_is_never_lost(committed, app):
    """Two transactions that end in the other order than they began in, as a cursor of ids would lose one."""
    slow, quick = app(), app()
    first = put(slow, at=TWO_PM)
    second = put(quick, at=TWO_PM + timedelta(seconds=1))
    quick.commit()
    assert sealing.seal(at=TWO_PM) == 1
    slow.commit()
    assert sealing.seal(at=TWO_PM) == 1
    assert list(Seal.objects.order_by("number").values_list("entry_id", flat=True)) == [second, first]
    assert verify().holds


def test_nor_is_it_lost_to_a_look_through_the_last_minutes_alone(committed, app):
    slow, quick = app(), app()
    put(slow, at=TWO_PM)
    put(quick, at=TWO_PM + timedelta(seconds=1))
    quick.commit()
    recently = TWO_PM - timedelta(minutes=10)
    assert sealing.seal(at=TWO_PM, since=recently) == 1
    slow.commit()
    assert sealing.seal(at=TWO_PM, since=recently) == 1
    old = app()
    put(old, at=TWO_PM - timedelta(days=400))
    old.commit()
    assert sealing.seal(at=TWO_PM, since=recently) == 0, "what was loaded with an old time waits"
    assert sealing.seal(at=TWO_PM) == 1, "and the look through everything finds it"


def test_two_sealers_seal_everything_once(committed, app, monkeypatch: pytest.MonkeyPatch):
    """Two real connections at the same chains, in batches so small that they meet all the time."""
    agencies = [None, uuid4(), uuid4()]
    writing = app()
    for i in range(150):
        put(writing, at=TWO_PM + timedelta(seconds=i), agency_id=agencies[i % 3])
    writing.commit()
    monkeypatch.setattr(sealing, "BATCH", 5)
    together = threading.Barrier(2, timeout=20)

    def work() -> int:
        try:
            together.wait()
            return seal_all()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        sealed = [one.result(timeout=30) for one in [pool.submit(work), pool.submit(work)]]
    assert sum(sealed) == 150 == Seal.objects.count()
    assert verify().holds


def test_a_sealer_waits_for_another_at_the_same_chain_and_then_goes_on_from_its_head(committed, app):
    writing, holding = app(), app()
    for _ in range(4):
        put(writing)
    writing.commit()
    holding.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.lock_of(None)])

    def work() -> int:
        try:
            return sealing.seal(at=TWO_PM)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(work)
        until(lambda: is_waiting(app()))
        assert Seal.objects.count() == 0
        holding.commit()
        assert waiting.result(timeout=20) == 4


def test_a_chain_that_cannot_be_sealed_keeps_no_other_from_it(committed, app, file, monkeypatch):
    """Somebody holds the lock of one chain for ever: the others are sealed and anchored, and it is said."""
    monkeypatch.setenv("NWD_ANCHOR", str(file.path))
    writing, holding, agency_id = app(), app(), uuid4()
    put(writing, agency_id=agency_id)
    put(writing)
    writing.commit()
    holding.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.lock_of(None)])
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    try:
        with pytest.raises(OperationalError):
            console.Sealer().round()
        assert list(Seal.objects.values_list("agency_id", flat=True)) == [agency_id]
        assert list(file.catch_up().heads) == [str(agency_id)]
    finally:
        connection.close()
    holding.commit()
    assert sealing.seal(at=TWO_PM) == 1


def test_a_salt_that_was_left_behind_stops_no_sealer(committed, app, owner_tampers):
    writing = app()
    for _ in range(3):
        put(writing)
    writing.commit()
    seal_all()
    owner_tampers("DELETE FROM journal_seal")
    assert seal_all() == 3
    assert verify().holds


def is_waiting(asking: psycopg.Connection) -> bool:
    """Whether PostgreSQL itself says that somebody waits for an advisory lock."""
    asking.autocommit = True
    found = asking.execute("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone()
    asking.close()
    return found is not None


def test_without_the_lock_the_database_itself_gives_no_number_twice(committed, app):
    """The last wall: somebody who seals past us, on two connections at once."""
    one, other = app(), app()
    first, second = put(one), put(one)
    one.commit()
    statement = (
        "INSERT INTO journal_seal (entry_id, number, previous, digest, hash, sealed_at)"
        " VALUES (%s, 1, decode(repeat('00', 32), 'hex'), sha256('x'), sha256('y'), now())"
    )
    one.execute(statement, [first])
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(other.execute, statement, [second])
        one.commit()
        with pytest.raises(psycopg.errors.UniqueViolation) as refused:
            waiting.result(timeout=20)
    assert refused.value.diag.constraint_name == "journal_seal_once_per_number"


def test_in_the_loop_what_was_recorded_is_sealed_within_five_seconds(committed, monkeypatch):
    monkeypatch.delenv("NWD_ANCHOR", raising=False)
    said: list[str] = []
    took = []
    place = SmallPlace.begin()
    with console.meanwhile(say=said.append) as sealer:
        for _ in range(3):
            place.at = now()
            place.a_referral()
            took.append(until(lambda: Seal.objects.count() == Entry.objects.count()))
    assert max(took) <= 5.0, took
    assert sealer is not None and sealer.sealed == Entry.objects.count()
    assert not any(thread.name == "sealer" for thread in threading.enumerate())
    assert said == []
    assert verify().holds


def test_a_sealer_whose_connection_is_cut_says_so_once_and_goes_on(committed, app, monkeypatch):
    monkeypatch.delenv("NWD_ANCHOR", raising=False)
    monkeypatch.setattr(console, "EACH", 0.05)
    said: list[str] = []
    real, cut = sealing.seal, threading.Event()

    def seal(**asked: Any) -> int:
        if not cut.is_set():
            connection.ensure_connection()
            connection.connection.close()  # as when the server ends it
        return real(**asked)

    monkeypatch.setattr(sealing, "seal", seal)
    with console.meanwhile(say=said.append):
        until(lambda: bool(said))
        cut.set()
        writing = app()
        put(writing)
        writing.commit()
        until(lambda: Seal.objects.count() == 1)
    assert len(said) == 1 and said[0].endswith("Trying again.")
