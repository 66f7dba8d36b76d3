"""The database itself keeps seals and salts: they are added to, each at the head of its chain."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from nowrongdoor.kernel.journal.models import Entry, Seal
from tests.trust.conftest import council, stand
from tests.worlds.small_place import SmallPlace


@pytest.fixture
def stood(committed, file, monkeypatch) -> SmallPlace:
    """As everywhere here, and committed, so that the owner sees it too."""
    return stand(SmallPlace.begin(), file, monkeypatch)


@pytest.mark.parametrize(
    ("statement", "guard"),
    [
        ("UPDATE journal_seal SET number = number + 1", "kept_as_written"),
        ("DELETE FROM journal_seal", "kept_for_good"),
        ("TRUNCATE journal_seal", "kept_for_good"),
        ("UPDATE journal_salt SET salt = decode(repeat('00', 16), 'hex')", "kept_as_written"),
        ("DELETE FROM journal_salt", "salt_goes_with_its_words"),
        ("TRUNCATE journal_salt", "kept_for_good"),
        (
            "INSERT INTO journal_seal"
            " SELECT gen_random_uuid(), agency_id, number + 70, previous, digest, hash, sealed_at"
            " FROM journal_seal LIMIT 1",
            "seal_follows",
        ),
    ],
)
def test_not_even_the_owner_rewrites_seals_or_drops_salts(stood: SmallPlace, owner, statement, guard):
    with pytest.raises(psycopg.errors.IntegrityError) as refused, owner.transaction():
        owner.execute(statement)
    assert refused.value.diag.constraint_name == guard
    for table in ("journal_seal", "journal_salt"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    if "number + 1" not in statement:  # another wall stands behind that one: no number twice
        owner.execute(statement)  # the control: nothing else stood in the way


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_seal SET number = 1",
        "DELETE FROM journal_seal",
        "UPDATE journal_salt SET salt = ''",
        "DELETE FROM journal_salt",
        "TRUNCATE journal_seal, journal_salt",
        "ALTER TABLE journal_seal DISABLE TRIGGER USER",
    ],
)
def test_the_web_may_add_seals_and_do_nothing_else_with_them(db, statement):
    with pytest.raises(Exception) as refused:
        connection.cursor().execute(statement)
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


ZEROS = "decode(repeat('00', 32), 'hex')"
SEAL = (
    "INSERT INTO journal_seal (entry_id, agency_id, number, previous, digest, hash, sealed_at)"
    " SELECT e.id, {agency}, {number}, {previous}, s.digest, s.hash, s.sealed_at"
    " FROM journal_entry e, journal_seal s"
    " WHERE e.id = %(entry)s AND s.agency_id = %(council)s AND s.number = 3"
)
RIGHT = {
    "agency": "e.agency_id",
    "number": "(SELECT max(number) + 1 FROM journal_seal WHERE agency_id = e.agency_id)",
}
RIGHT["previous"] = (
    "(SELECT hash FROM journal_seal WHERE agency_id = e.agency_id ORDER BY number DESC LIMIT 1)"
)


@pytest.mark.parametrize(
    ("wrong", "guard"),
    [
        ({}, None),
        ({"number": "99"}, "seal_follows"),
        ({"number": "0"}, "seal_follows"),
        ({"number": "0", "previous": ZEROS}, "journal_seal_numbers_from_one"),
        ({"previous": "sha256('x')"}, "seal_follows"),
        ({"agency": "gen_random_uuid()", "number": "1"}, "seal_follows"),
        (
            {"agency": "gen_random_uuid()", "number": "1", "previous": ZEROS},
            "seal_follows",
        ),
        ({"number": "1"}, "seal_follows"),
        ({"previous": "'x'::bytea"}, "seal_follows"),
    ],
)
def test_a_chain_grows_at_its_head_by_entries_of_its_own(stood: SmallPlace, owner, wrong, guard):
    stood.a_referral(by=stood.sam)
    (waiting, *_) = Entry.objects.exclude(pk__in=Seal.objects.values("pk")).values_list("pk", flat=True)
    asked = {"entry": waiting, "council": council()}
    statement = SEAL.format(**{**RIGHT, **wrong})
    if guard is None:
        owner.execute(statement, asked)
        return
    with pytest.raises(psycopg.errors.IntegrityError) as refused:
        owner.execute(statement, asked)
    assert refused.value.diag.constraint_name == guard
