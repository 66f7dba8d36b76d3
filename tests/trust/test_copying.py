"""A copy of everything in a file, and everything back from it: counted, and all or nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from psycopg import sql

from nowrongdoor.console import copying, counting, restoring
from nowrongdoor.console.prove import restore
from nowrongdoor.console.prove.recovery.moments import differing, tables
from nowrongdoor.embedded import roles
from tests import databases
from tests.worlds.small_place import SmallPlace

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
RIGHTS = "SELECT table_name, privilege_type FROM information_schema.table_privileges WHERE grantee = %s"


@pytest.fixture
def owner_url(transactional_db: None, test_database, monkeypatch: pytest.MonkeyPatch) -> str:
    """A place with a few people in it, on the database that commands work on."""
    place = SmallPlace.begin()
    for words in ("Mum has not slept.", "Line one\nCOPY public.people_person (id) FROM stdin;\n\\.\n\ttab"):
        place.a_contact(words=words)
    place.an_offer()
    connections.close_all()
    monkeypatch.setenv("DATABASE_OWNER_URL", test_database.owner_url)
    monkeypatch.delenv("DATABASE_BACKUP_URL", raising=False)
    return test_database.owner_url


@pytest.fixture
def app_url(owner_url: str, test_database) -> str:
    return test_database.app_url


@pytest.fixture
def file(owner_url: str, tmp_path: Path) -> Path:
    copying.backup(owner_url, tmp_path / "place.copy")
    return tmp_path / "place.copy"


@pytest.fixture
def another(test_database) -> Iterator[str]:
    """Another database, empty so far."""
    name = databases.make(test_database.owner_url, suffix="_copy")
    yield databases.elsewhere(test_database.owner_url, name)
    with psycopg.connect(test_database.owner_url, autocommit=True) as owner:
        # Not WITH (FORCE): the owner may not end nwd_app's connections, and they are just ending.
        owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def everything(url: str):
    with psycopg.connect(url, autocommit=True) as owner:
        return tables(owner)


def at_prompt(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as owner:
        for statement in statements:
            owner.execute(statement)


def test_what_comes_back_is_what_was_copied_and_the_web_may_do_there_what_it_might(file, owner_url, another):
    held = copying.restore(another, file)
    assert held["contacts_contact"] == 2 and held["handovers_handover"] == 1
    assert differing(everything(owner_url), everything(another)) == []
    assert rights(another) == rights(owner_url) and ("journal_entry", "UPDATE") not in rights(another)


def rights(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as owner:
        return set(owner.execute(RIGHTS, [roles.APP]).fetchall())


def test_only_we_can_read_the_file_and_it_is_never_written_over(file, owner_url):
    assert file.stat().st_mode & 0o777 == 0o600
    before = file.read_bytes()
    with pytest.raises(copying.CannotCopy, match="never written over"):
        copying.backup(owner_url, file)
    assert file.read_bytes() == before and not file.with_name("place.copy.part").exists()


def test_words_that_look_like_the_copy_itself_are_counted_as_one_row(file, owner_url):
    found = counting.rows_in(copying.program_for("pg_restore", owner_url), file)
    assert found["contacts_contact"] == 2
    assert found == {name: count for name, (count, _) in everything(owner_url).items()}


# --- by whom


def test_a_copy_by_whoever_does_not_own_the_tables_is_refused(app_url, tmp_path):
    with pytest.raises(copying.CannotCopy, match=r"the role 'nwd_app' does not own \w+, "):
        copying.backup(app_url, tmp_path / "place.copy")
    assert list(tmp_path.iterdir()) == []


def test_an_owner_who_is_bound_too_is_refused(file, another, tmp_path):
    copying.restore(another, file)
    for how in ("ENABLE", "FORCE"):
        at_prompt(another, f"ALTER TABLE contacts_contact {how} ROW LEVEL SECURITY")
    with pytest.raises(copying.CannotCopy, match="row-level security decides which rows of contacts_contact"):
        copying.backup(another, tmp_path / "bound.copy")


@pytest.fixture
def blind_copy(file, another, app_url, tmp_path) -> Path:
    """By a role that may read every table and is shown no row: pg_dump calls it a success."""
    copying.restore(another, file)
    with psycopg.connect(another, autocommit=True) as owner:
        restore.hide_everything(owner)
    blind_url = databases.elsewhere(app_url, databases.named("_copy"))
    copying.dump(blind_url, tmp_path / "blind.copy", "--enable-row-security")
    return tmp_path / "blind.copy"


def test_a_copy_that_holds_nothing_is_seen_by_counting(blind_copy, owner_url):
    program = copying.program_for("pg_restore", owner_url)
    found = counting.rows_in(program, blind_copy)
    assert set(found.values()) == {0} and len(found) > 15
    there = {name: count for name, (count, _) in everything(owner_url).items()}
    with pytest.raises(copying.CannotCopy, match="agencies_team: 0 of 3 rows"):
        counting.need_all(there, found, of="The copy")


def test_a_table_that_differs_by_one_row_or_is_not_there_is_named():
    counting.need_all({"a": 1, "b": 0}, {"a": 1}, of="The copy")
    for found in ({"a": 2, "b": 1}, {"a": 1, "b": 1, "c": 1}, {}):
        with pytest.raises(copying.CannotCopy, match="does not hold everything"):
            counting.need_all({"a": 1, "b": 1}, found, of="The copy")


# --- over what is there


def test_what_is_there_is_never_written_over_without_being_told_to(file, owner_url, another):
    copying.restore(another, file)
    SmallPlace.begin().a_referral()
    connections.close_all()
    before = everything(another)
    copying.backup(owner_url, file.with_name("later.copy"))
    with pytest.raises(copying.CannotCopy, match="not empty"):
        copying.restore(another, file.with_name("later.copy"))
    assert everything(another) == before
    copying.restore(another, file.with_name("later.copy"), replace=True)
    assert differing(everything(another), everything(owner_url)) == []


@pytest.mark.parametrize("spoil", ["cut short", "of another kind", "one table short"])
def test_what_is_there_stays_when_the_copy_cannot_be_brought_back(
    spoil: str, file: Path, another: str, monkeypatch: pytest.MonkeyPatch
):
    copying.restore(another, file)
    before = everything(another)
    if spoil == "cut short":
        file.write_bytes(file.read_bytes()[:-2000])
    elif spoil == "of another kind":
        file.write_text("no copy at all")
    else:
        rows_in = counting.rows_in
        monkeypatch.setattr(counting, "rows_in", lambda *of: rows_in(*of) | {"contacts_contact": 3})
    with pytest.raises(copying.CannotCopy):
        copying.restore(another, file, replace=True)
    assert everything(another) == before
    with psycopg.connect(another) as owner:
        assert owner.execute("SELECT to_regnamespace(%s)", [copying.ASIDE]).fetchone() == (None,)


def test_nothing_is_replaced_while_somebody_is_connected(file, another, monkeypatch):
    copying.restore(another, file)
    monkeypatch.setattr(copying, "LEAVING", 0.0)
    with psycopg.connect(another), pytest.raises(copying.CannotCopy, match="1 others are connected"):
        copying.restore(another, file, replace=True)


def test_a_restore_that_was_cut_short_is_said_and_not_built_upon(file, another):
    at_prompt(another, f"CREATE SCHEMA {copying.ASIDE}")
    with pytest.raises(copying.CannotCopy, match="A restore was cut short here"):
        copying.restore(another, file)


# --- the commands


def said_by(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_the_commands_say_how_much_they_copied_and_brought_back(owner_url, tmp_path, drop_afterwards):
    file = tmp_path / "place.copy"
    rows = sum(count for count, _ in everything(owner_url).values())
    assert f"{rows:,} rows in" in said_by("backup", str(file))
    said = said_by("restore", str(file), "--into", "new")
    assert f"{rows:,} rows in" in said
    (name,) = drop_afterwards()
    assert f"a new database: postgresql://{roles.OWNER}@/{name}?" in said, "the password is not shown"
    assert differing(everything(databases.elsewhere(owner_url, name)), everything(owner_url)) == []
    assert connections["owner"].settings_dict["NAME"] == databases.named()


def test_a_copy_is_brought_back_to_another_address(file, another):
    said = said_by("restore", str(file), "--into", another)
    assert restoring.without_password(another) in said and "rows in" in said


def test_a_refusal_of_a_command_changes_nothing(
    owner_url, app_url, tmp_path, drop_afterwards, monkeypatch: pytest.MonkeyPatch
):
    before = everything(owner_url)
    (tmp_path / "place.copy").write_text("no copy at all")
    for options in ([], ["--over"], ["--into", "new"]):
        with pytest.raises(CommandError, match="Nothing was changed"):
            said_by("restore", str(tmp_path / "place.copy"), *options)
    monkeypatch.setenv("DATABASE_BACKUP_URL", app_url)
    with pytest.raises(CommandError, match="does not own"):
        said_by("backup", str(tmp_path / "another.copy"))
    assert everything(owner_url) == before and drop_afterwards() == []


@pytest.fixture
def drop_afterwards(owner_url: str) -> Iterator[Callable[[], list[str]]]:
    """The databases that were made beside; they are dropped afterwards."""

    def made() -> list[str]:
        with psycopg.connect(owner_url, autocommit=True) as owner:
            found = owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'nwd_restored_%%'", [])
            return [name for (name,) in found.fetchall() if name not in before]

    before: list[str] = []
    before = made()
    yield made
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for name in made():
            owner.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
