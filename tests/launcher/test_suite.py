"""./nwd test and the fixtures under every test: whose eyes it sees with, and what it may not leave out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from nowrongdoor import embedded
from nowrongdoor.console import tables, testing
from tests import databases, lanes

ROOT = Path(__file__).resolve().parents[2]


# -- where Chromium is looked for


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser."""
    for name in ("NWD_CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(testing, "PROGRAMS", ("chromium", "google-chrome"))
    return tmp_path


def test_chromium_is_looked_for_in_order(bare: Path, monkeypatch):
    assert testing.find_chromium() is None
    own = program(bare / ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome")
    assert testing.find_chromium() == own
    chrome = program(bare / "bin/google-chrome")
    assert testing.find_chromium() == chrome
    system = program(bare / "bin/chromium")
    assert testing.find_chromium() == system
    mine = program(bare / "mine")
    monkeypatch.setenv("NWD_CHROMIUM", mine)
    assert testing.find_chromium() == mine


def test_a_setting_that_names_no_program_is_not_replaced_by_another(bare: Path, monkeypatch):
    program(bare / "bin/chromium")
    monkeypatch.setenv("NWD_CHROMIUM", "/no/such/browser")
    assert testing.find_chromium() is None


def test_in_continuous_integration_a_missing_chromium_is_a_failure(bare: Path, monkeypatch, capsys):
    monkeypatch.setenv("CI", "true")
    assert testing.main(["--version"]) == 1
    assert "apt install chromium" in capsys.readouterr().err


def run_suite(folder: Path, test: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A suite of one file with the project's own conftest, without Django."""
    (folder / "conftest.py").write_text("from tests.conftest import *\n")
    (folder / "test_one.py").write_text(f"import pytest\n{test}\n")
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:django",
            "-c",
            str(ROOT / "pyproject.toml"),
            str(folder),
        ],
        env={name: value for name, value in os.environ.items() if name not in ("CI", "NWD_CHROMIUM")} | more,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


BROWSER = "@pytest.mark.browser\ndef test_a_page(): pass\n"


def test_without_chromium_browser_tests_are_skipped_and_counted(tmp_path: Path):
    ran = run_suite(tmp_path, BROWSER)
    assert ran.returncode == 0, ran.stdout
    assert "Browser tests skipped for want of Chromium: 1" in ran.stdout


def test_with_chromium_they_run(tmp_path: Path):
    assert "1 passed" in run_suite(tmp_path, BROWSER, NWD_CHROMIUM="/bin/true").stdout


def test_in_continuous_integration_a_skip_is_a_failure(tmp_path: Path):
    ran = run_suite(tmp_path, "def test_a(): pytest.skip('no such package')", CI="true")
    assert ran.returncode == 1
    assert "Nothing may be skipped in continuous integration: Skipped: no such package" in ran.stdout


def test_what_a_machine_cannot_help_may_be_skipped_even_there(tmp_path: Path):
    ran = run_suite(tmp_path, "def test_a(): pytest.skip('only as root')", CI="true")
    assert ran.returncode == 0, ran.stdout


def test_a_warning_is_a_failure(tmp_path: Path):
    ran = run_suite(tmp_path, "import warnings\ndef test_a(): warnings.warn('old', DeprecationWarning)")
    assert ran.returncode == 1


# -- what the database fixtures do


def sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        return cursor.fetchone()[0]


def begin_session(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES (%s, 'x', now())", [key])


def test_what_db_writes_nobody_else_sees(db, test_database):
    begin_session("unseen")
    with psycopg.connect(test_database.app_url) as other:
        assert other.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


@pytest.mark.parametrize("turn", [1, 2])
def test_what_committed_writes_others_see_and_the_next_test_does_not(committed, test_database, turn: int):
    assert sessions() == 0
    begin_session(f"seen {turn}")
    with psycopg.connect(test_database.app_url) as other:
        assert other.execute("SELECT current_user, session_key FROM django_session").fetchall() == [
            ("nwd_app", f"seen {turn}")
        ]


@pytest.fixture
def owned():
    """A database of its own, as the owner."""
    owner_url = os.environ["DATABASE_OWNER_URL"]
    name = databases.PREFIX + "emptying"
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = databases.elsewhere(owner_url, name)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(STORY)
    yield url
    databases.remove(owner_url, name)


STORY = """
    CREATE TABLE standard (name text); INSERT INTO standard VALUES ('filled by a migration');
    CREATE TABLE person (id int PRIMARY KEY); CREATE TABLE story (id int REFERENCES person, words text);
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the story stays'; END $$;
    CREATE TRIGGER stays BEFORE TRUNCATE ON story FOR EACH STATEMENT EXECUTE FUNCTION refuse();
"""


def test_emptying_keeps_what_migrations_filled_and_gets_past_the_storys_guard(owned: str):
    empty = databases.Emptying(owned)
    with psycopg.connect(owned, autocommit=True) as owner:
        owner.execute("INSERT INTO person VALUES (1); INSERT INTO story VALUES (1, 'told')")
        with pytest.raises(psycopg.errors.RaiseException, match="the story stays"):
            owner.execute("TRUNCATE story")  # the guard is real
        empty()
        left = (
            "SELECT words FROM story UNION ALL SELECT name FROM standard"
            " UNION ALL SELECT id::text FROM person"
        )
        assert owner.execute(left).fetchall() == [("filled by a migration",)]
        owner.execute("INSERT INTO person VALUES (1); INSERT INTO story VALUES (1, 'told')")
        with pytest.raises(psycopg.errors.RaiseException, match="the story stays"):
            owner.execute("TRUNCATE story")  # and was put back


def test_databases_of_runs_that_were_killed_are_removed(owned: str):
    owner_url = os.environ["DATABASE_OWNER_URL"]
    left = f"{databases.PREFIX}4194999"
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(left)))
        databases.sweep(owner)
        known = {name for (name,) in owner.execute("SELECT datname FROM pg_database")}
    assert left not in known
    assert (
        databases.PREFIX + "emptying" in known
    )  # whatever is not named after a process is not ours to remove


# -- ./nwd manage


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="nwd manage ", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def manage(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    ours = ("DATABASE_", "NWD_", "DJANGO", "CI")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "-P", "-m", "nowrongdoor.console", "manage", *arguments],
        env=kept | {"NWD_HOME": str(home), "PYTHONPATH": str(ROOT / "src")} | more,
        capture_output=True,
        text=True,
        check=False,
    )


def ask_demo(home: Path, question: str) -> list[tuple]:
    """What the web's own role is told in the demo's database."""
    server = embedded.start(home / "demo")
    with psycopg.connect(server.app_url) as app:
        found = app.execute(question)
        answer = found.fetchall() if found.description else []
    assert server.stop()  # and nobody else used it any more
    return answer


def test_manage_runs_any_command_on_the_demos_database_and_stops_it(home: Path):
    assert manage(home, "migrate", "--verbosity=0").returncode == 0
    assert manage(home, "check").returncode == 0
    assert manage(home, "no-such-command").returncode == 1
    ask_demo(home, "DELETE FROM django_session")  # the rights were settled with the migration


def test_a_backup_brings_everything_back(home: Path, tmp_path: Path):
    copy = tmp_path / "a copy.backup"
    assert manage(home, "migrate", "--verbosity=0").returncode == 0
    ask_demo(home, "INSERT INTO django_session VALUES ('kept', 'x', now())")
    ran = manage(home, "backup", str(copy))
    assert ran.returncode == 0, ran.stderr
    assert copy.stat().st_mode & 0o777 == 0o600
    again = manage(home, "backup", str(copy))
    assert again.returncode == 1
    assert "never written over another" in again.stderr
    ask_demo(home, "UPDATE django_session SET session_data = 'changed'")
    refused = manage(home, "restore", str(copy))
    assert refused.returncode == 1
    assert "Add --replace" in refused.stderr
    assert ask_demo(home, "SELECT session_data FROM django_session") == [("changed",)]
    ran = manage(home, "restore", "--replace", str(copy))
    assert ran.returncode == 0, ran.stderr
    assert ask_demo(home, "SELECT session_key, session_data FROM django_session") == [("kept", "x")]
    ask_demo(home, "DELETE FROM django_session")  # the web's rights came back too
    assert ask_demo(home, "SELECT has_table_privilege('journal_entry', 'UPDATE')") == [(False,)]


def test_a_backup_from_an_older_postgresql_is_the_way_to_a_newer_one(home: Path, tmp_path: Path):
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not system:
        pytest.skip("the system has no PostgreSQL of its own")
    copy, older = tmp_path / "older.backup", {"NWD_PG_BIN": str(system[0])}
    assert manage(home, "migrate", "--verbosity=0", **older).returncode == 0
    assert ask_demo(home, "SHOW server_version")[0][0].startswith(system[0].parent.name)
    ask_demo(home, "INSERT INTO django_session VALUES ('kept', 'x', now())")
    assert manage(home, "backup", str(copy), **older).returncode == 0
    embedded.destroy(home / "demo")
    ran = manage(home, "restore", str(copy))
    assert ran.returncode == 0, ran.stderr
    assert ask_demo(home, "SELECT session_key FROM django_session") == [("kept",)]


def test_a_file_that_is_no_backup_is_said_so(home: Path, tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dear all")
    ran = manage(home, "restore", str(tmp_path / "letter.txt"))
    assert ran.returncode == 1
    assert "letter.txt cannot be read" in ran.stderr and "Nothing was changed" in ran.stderr


# -- lanes


def test_the_whole_suite_runs_in_lanes_and_a_part_of_it_does_not():
    assert "-n" in testing.in_lanes([]) and "-n" in testing.in_lanes(["-q"])
    assert testing.in_lanes(["-q", "tests/rules"]) == []


@pytest.mark.parametrize("folder", ["", "compiled"])
def test_what_may_not_be_compiled_beside_the_source_is_compiled_once_all_the_same(
    tmp_path: Path, monkeypatch, folder: str
):
    elsewhere = str(tmp_path / folder) if folder else ""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", elsewhere)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "pycache_prefix", elsewhere or None)
    testing.keep_compiled(tmp_path)
    kept = elsewhere or str(tmp_path / ".nwd" / "compiled")
    asked = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", kept] == [str(sys.dont_write_bytecode), sys.pycache_prefix]


def test_whoever_says_nothing_has_it_compiled_where_python_does(tmp_path: Path, monkeypatch):
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    testing.keep_compiled(tmp_path)
    assert "PYTHONPYCACHEPREFIX" not in os.environ


def test_browser_stories_share_a_lane_and_begin_first():
    story, another = "tests/browser/test_live.py::test_a", "tests/browser/test_tour.py::test_b"
    assert lanes.lane_of(story) == lanes.lane_of(another)
    assert lanes.lane_of("tests/rules/test_clock.py::test_a") == "tests/rules/test_clock.py"
    found = ["tests/rules/test_clock.py::test_a", "tests/trust/test_wall.py::test_c", story]
    assert sorted(found, key=lanes.turn) == found[::-1]


def test_tables_of_other_migrations_are_other_tables(tmp_path):
    one = tmp_path / "0001_initial.py"
    one.write_text("the first")
    before = tables.named_by([one])
    assert tables.named_by([one]) == before != tables.PATTERN != tables.named_by(tables.MIGRATIONS)
    all_of_them = [*tables.MIGRATIONS, *tables.LOCKED]
    assert tables.named_by(all_of_them) == tables.PATTERN, "packages bring tables too"
    assert ROOT / "requirements-test.lock" in tables.LOCKED
    one.write_text("the first, and a column more")
    assert tables.named_by([one]) != before
    assert any(path.suffix == ".sql" for path in tables.MIGRATIONS), "what is written in SQL counts"


def test_tables_are_made_once_and_copied(test_database):
    with psycopg.connect(test_database.owner_url) as owner:
        there = {name for (name,) in owner.execute("SELECT datname FROM pg_database").fetchall()}
    if not os.environ.get(tables.THROWN_AWAY):
        pytest.skip("only in a PostgreSQL of the suite's own")
    assert tables.PATTERN in there
    name = databases.make(test_database.owner_url, suffix="_like", with_tables=True)
    empty = databases.make(test_database.owner_url, suffix="_bare")
    try:
        assert tables_in(test_database.owner_url, name) == tables_in(
            test_database.owner_url, test_database.name
        )
        assert tables_in(test_database.owner_url, empty) == set()
    finally:
        for made in (name, empty):
            databases.remove(test_database.owner_url, made)


def tables_in(owner_url: str, name: str) -> set[str]:
    with psycopg.connect(databases.elsewhere(owner_url, name)) as owner:
        return {name for (name,) in owner.execute(databases.TABLES).fetchall()}
