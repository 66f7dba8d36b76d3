"""The launcher: one file, standard library only, that sets itself up once and then gets out of the way."""

from __future__ import annotations

import ast
import base64
import hashlib
import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = ROOT / "nwd"
SHOW = """
import importlib.metadata, json, os, sys
print(json.dumps({
    "pid": os.getpid(),
    "arguments": sys.argv[1:],
    "prefix": sys.prefix,
    "path": os.environ["PYTHONPATH"],
    "probe": importlib.metadata.version("nwdprobe"),
}))
"""


def wheel(folder: Path, version: str) -> str:
    """A package of nothing, so that an installation needs no network. Answers with its line for a lock."""
    name = f"nwdprobe-{version}.dist-info"
    files = {
        "nwdprobe.py": "",
        f"{name}/METADATA": f"Metadata-Version: 2.1\nName: nwdprobe\nVersion: {version}\n",
        f"{name}/WHEEL": "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text)}\n"
    files[f"{name}/RECORD"] = record + f"{name}/RECORD,,\n"
    path = folder / f"nwdprobe-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return f"nwdprobe=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return make_checkout(tmp_path)


def make_checkout(folder: Path) -> Path:
    """A tree with the real launcher, tiny locks and a program that tells how it was started."""
    root = folder / "a checkout, with spaces"
    console = root / "src" / "nowrongdoor" / "console"
    console.mkdir(parents=True)
    (console.parent / "__init__.py").touch()
    (console / "__init__.py").touch()
    (console / "__main__.py").write_text(SHOW)
    shutil.copy(LAUNCHER, root / "nwd")
    (folder / "wheels").mkdir()
    (root / "requirements.lock").write_text(wheel(folder / "wheels", "1.0"))
    shutil.copy(root / "requirements.lock", root / "requirements-test.lock")
    return root


def environment(checkout: Path, **more: str) -> dict[str, str]:
    """No uv on PATH and no network: pip, from the folder of wheels."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    return (
        kept
        | {
            "PATH": "/usr/bin:/bin",
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(checkout.parent / "wheels"),
            "PYTHONHASHSEED": "0",
        }
        | more
    )


def nwd(checkout: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(checkout / "nwd"), *arguments],
        env=environment(checkout, **more),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def shown(ran: subprocess.CompletedProcess[str]) -> dict:
    import json

    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture
def set_up(checkout: Path) -> Path:
    """A checkout whose first run is over."""
    ran = nwd(checkout, "demo", "--people", "3")
    assert shown(ran)["arguments"] == ["demo", "--people", "3"]
    assert ran.stderr.startswith("Setting up in .venv")
    return checkout


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that is set up, for tests that change nothing in it."""
    checkout = make_checkout(tmp_path_factory.mktemp("ready"))
    assert nwd(checkout, "demo").returncode == 0
    return checkout


def module(path: Path = LAUNCHER):
    """The launcher as a module, for its parts."""
    loader = importlib.machinery.SourceFileLoader("nwd_launcher", str(path))
    spec = importlib.util.spec_from_loader("nwd_launcher", loader)
    made = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    try:
        loader.exec_module(made)
    finally:
        sys.dont_write_bytecode = before
    return made


# -- setting up


def test_the_second_run_installs_nothing_and_starts_at_once(ready: Path):
    began = time.monotonic()
    ran = nwd(ready, "demo")
    assert shown(ran)["prefix"] == str(ready / ".venv")
    assert ran.stderr == ""
    assert time.monotonic() - began < 3


def test_the_program_takes_the_launchers_own_place(ready: Path):
    """No parent is left behind that could swallow a signal: the process id stays the same."""
    process = subprocess.Popen(
        [sys.executable, str(ready / "nwd"), "demo"],
        env=environment(ready),
        stdout=subprocess.PIPE,
        text=True,
    )
    said, _ = process.communicate()
    assert f'"pid": {process.pid},' in said


def test_the_source_tree_is_all_that_is_added_to_the_path(ready: Path):
    assert shown(nwd(ready, "demo", PYTHONPATH="/somebody/elses"))["path"] == str(ready / "src")


def test_a_half_made_environment_is_made_anew(set_up: Path):
    (set_up / ".venv" / "nwd-installed").unlink()
    (set_up / ".venv" / "bin" / "python").unlink()
    (set_up / ".venv" / "left over").touch()
    ran = nwd(set_up, "demo")
    assert shown(ran)["probe"] == "1.0"
    assert "Setting up" in ran.stderr
    assert not (set_up / ".venv" / "left over").exists()


def test_an_environment_that_a_cut_run_left_without_its_marker_is_made_anew(set_up: Path):
    (set_up / ".venv" / "nwd-installed").unlink()
    ran = nwd(set_up, "demo")
    assert shown(ran)["probe"] == "1.0"
    assert ran.stderr.startswith("Setting up in .venv")


def inside(folder: Path) -> dict[str, str]:
    """Every file of a folder with what it holds."""
    return {
        str(path.relative_to(folder)): path.read_text(errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("leads_to", ["a folder", "our own environment", "nothing"])
def test_a_link_in_place_of_the_environment_is_refused_and_what_it_leads_to_is_left_alone(
    set_up: Path, leads_to: str
):
    elsewhere = set_up.parent / "elsewhere"
    if leads_to == "our own environment":
        (set_up / ".venv").rename(elsewhere)
    else:
        shutil.rmtree(set_up / ".venv")
    if leads_to == "a folder":
        (elsewhere / "bin").mkdir(parents=True)
        (elsewhere / "bin" / "mine.txt").write_text("years of work")
    (set_up / ".venv").symlink_to(elsewhere)
    before = inside(elsewhere)
    ran = nwd(set_up, "demo")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(".venv is a link to somewhere else, so it is left alone")
    assert inside(elsewhere) == before and elsewhere.exists() == (leads_to != "nothing")
    assert (set_up / ".venv").is_symlink()


@pytest.mark.parametrize("is_set_up", [True, False])
def test_a_folder_that_somebody_else_made_is_refused_and_left_alone(
    checkout: Path, request: pytest.FixtureRequest, is_set_up: bool
):
    if is_set_up:
        request.getfixturevalue("set_up")
        (checkout / ".venv").rename(checkout.parent / "ours")  # so that its number is not given again
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "mine.txt").write_text("years of work")
    ran = nwd(checkout, "demo")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(".venv was not made by ./nwd, so it is left alone")
    assert inside(checkout / ".venv") == {"mine.txt": "years of work"}


def test_a_file_in_place_of_the_environment_is_refused_and_left_alone(checkout: Path):
    (checkout / ".venv").write_text("mine")
    ran = nwd(checkout, "demo")
    assert ran.returncode == 1 and ran.stderr.startswith(".venv was not made by ./nwd")
    assert (checkout / ".venv").read_text() == "mine"


def test_an_environment_whose_python_has_gone_is_made_anew(set_up: Path):
    for program in (set_up / ".venv" / "bin").glob("python*"):
        program.unlink()
    (set_up / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    assert shown(nwd(set_up, "demo"))["probe"] == "1.0"


def test_a_moved_checkout_is_set_up_again(set_up: Path):
    moved = set_up.with_name("moved")
    set_up.rename(moved)
    ran = nwd(moved, "demo")
    assert shown(ran)["prefix"] == str(moved / ".venv")
    assert "Setting up" in ran.stderr


def test_a_changed_lock_is_installed_into_the_same_environment(set_up: Path):
    (set_up / "requirements.lock").write_text(wheel(set_up.parent / "wheels", "2.0"))
    (set_up / ".venv" / "kept").touch()
    ran = nwd(set_up, "demo")
    assert shown(ran)["probe"] == "2.0"
    assert ran.stderr.startswith("Bringing .venv up to date")
    assert (set_up / ".venv" / "kept").exists()


def test_tests_have_a_lock_of_their_own(set_up: Path):
    (set_up / "requirements-test.lock").write_text(wheel(set_up.parent / "wheels", "3.0"))
    assert shown(nwd(set_up, "demo"))["probe"] == "1.0"
    assert shown(nwd(set_up, "test"))["probe"] == "3.0"
    assert nwd(set_up, "test").stderr == ""


def test_measuring_beside_another_program_has_a_heavier_lock_of_its_own(set_up: Path):
    (set_up / "requirements-bench.lock").write_text(wheel(set_up.parent / "wheels", "4.0"))
    assert shown(nwd(set_up, "bench", "screens"))["probe"] == "1.0"
    assert shown(nwd(set_up, "bench", "match"))["probe"] == "4.0"
    assert nwd(set_up, "bench", "match").stderr == ""


def test_a_package_that_is_not_what_the_lock_says_is_refused(checkout: Path):
    lock = checkout / "requirements.lock"
    lock.write_text(re.sub(r"sha256:\w{8}", "sha256:00000000", lock.read_text()))
    ran = nwd(checkout, "demo")
    assert ran.returncode == 1
    assert "Could not install what requirements.lock names" in ran.stderr
    assert not (checkout / ".venv" / "nwd-installed").exists()


def test_two_first_runs_at_once_set_up_once(checkout: Path):
    runs = [
        subprocess.Popen(
            [sys.executable, str(checkout / "nwd"), "demo"],
            env=environment(checkout),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert sum("Setting up" in errors for _, errors in said) == 1
    assert sum("Another ./nwd is setting up here" in errors for _, errors in said) == 1


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(missing: str, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(SystemExit, match="On Debian or Ubuntu: apt install python3-venv"):
        module().make_venv(uv=None)


def test_uv_is_used_where_there_is_one_and_checks_the_hashes_too(checkout: Path):
    """A uv that only writes down how it was asked, then does the work with pip."""
    tools = checkout.parent / "tools"
    tools.mkdir()
    (tools / "uv").write_text(
        f'#!/bin/sh\necho "$@" > {tools}/asked\n'
        'while [ "$1" != "--python" ]; do shift; done\n'
        '"$2" -m ensurepip >/dev/null 2>&1\npython="$2"\nshift 2\n'
        'exec "$python" -m pip install -qq --disable-pip-version-check "$@"\n'
    )
    (tools / "uv").chmod(0o755)
    ran = nwd(checkout, "demo", PATH=f"{tools}:/usr/bin:/bin")
    assert shown(ran)["probe"] == "1.0"
    asked = (tools / "asked").read_text()
    assert asked.startswith("pip install")
    assert "--require-hashes" in asked


# -- talking to a person


def test_an_unknown_verb_is_answered_with_the_verbs(checkout: Path):
    ran = nwd(checkout, "dance")
    assert ran.returncode == 2
    assert ran.stderr.startswith("There is no verb 'dance'.")
    for verb in ("demo", "test", "check", "prove", "bench", "tour", "manage"):
        assert f"./nwd {verb} " in ran.stderr
    assert not (checkout / ".venv").exists()


def test_no_verb_is_answered_with_the_verbs(checkout: Path):
    ran = nwd(checkout)
    assert ran.returncode == 0
    assert "./nwd demo" in ran.stdout


def test_an_old_python_is_told_so_in_one_sentence(monkeypatch):
    launcher = module()
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as ended:
        launcher.main(["demo"])
    assert (
        str(ended.value) == "No Wrong Door needs Python 3.11 or newer; this is 3.9. Try: python3.11 nwd demo"
    )


def test_old_pythons_can_read_the_launcher():
    """It must parse there in order to say that it cannot run."""
    tree = ast.parse(LAUNCHER.read_text(), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Match, ast.AsyncFunctionDef, ast.Await)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not [function.name for function in functions if function.args.kwonlyargs or function.returns]
    assert LAUNCHER.read_bytes().isascii()


@pytest.mark.parametrize("name", ["python2.7", "python3.6", "python3.8", "python3.10"])
def test_each_older_python_that_is_here_says_it(name: str):
    found = [shutil.which(name), *Path("~/.pyenv/versions").expanduser().glob(f"{name[6:]}.*/bin/{name}")]
    old = next((str(program) for program in found if program and "shims" not in str(program)), None)
    if old is None:
        pytest.skip("only where an older Python is installed")
    ran = subprocess.run([old, str(LAUNCHER), "demo"], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("No Wrong Door needs Python 3.11 or newer; this is ")
    assert len(ran.stderr.splitlines()) == 1


def test_the_launcher_uses_the_standard_library_only():
    tree = ast.parse(LAUNCHER.read_text())
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert named <= set(sys.stdlib_module_names)


# -- the locks


def pins(name: str) -> dict[str, str]:
    """What a lock file pins: package and marker to version."""
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-bench.lock"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_hashes_and_no_lock_names_a_host(name: str):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[a-z])", text.strip())
    # One package may have two versions, each for its own Pythons.
    assert len({entry.partition("==")[0] for entry in entries}) == len(pins(name)) > 10
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert not re.search(r"^\s*(#|--)(?!hash)", re.sub(r"--hash=\S+", "", text), re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS[1:])
def test_every_other_lock_holds_the_runtime_lock_at_the_same_versions(name: str):
    """The launcher counts on it: after ./nwd test, ./nwd demo has nothing left to install."""
    assert pins("requirements.lock").items() <= pins(name).items()


def test_every_dependency_is_locked_and_gives_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    listed = re.findall(
        r'^    "([a-z0-9-]+)[^"]*",(.*)$', text.partition("[project.scripts]")[0], re.MULTILINE
    )
    assert len(listed) >= 10
    assert not [name for name, reason in listed if "# " not in reason]
    assert {name for name, _ in listed} <= {name for lock in LOCKS for name in pins(lock)}
