"""Sealing, anchoring and verifying as they are run: by the launcher, and beside the demonstration."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nowrongdoor import embedded
from nowrongdoor.console import managing, sealing, serving
from nowrongdoor.kernel.journal import sealing as kernel
from nowrongdoor.kernel.journal.models import Entry, Seal
from nowrongdoor.kernel.journal.verifying import verify
from tests.trust.conftest import entry_at, record, seal_all, until
from tests.worlds.small_place import SmallPlace


def test_the_launcher_ends_with_one_when_the_journal_is_broken(committed, test_database, owner_tampers):
    record(SmallPlace.begin())
    seal_all()
    asked = [sys.executable, "-m", "nowrongdoor.console", "manage", "verify-journal"]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "DATABASE_URL": test_database.app_url,
        "DATABASE_OWNER_URL": test_database.owner_url,
    }
    environment.pop("NWD_ANCHOR", None)
    ran = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    owner_tampers("UPDATE journal_entry SET by_name = 'Nobody' WHERE id = %(id)s", id=entry_at(2))
    ran = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1, ran.stderr
    assert "FIRST BROKEN: Averley Council, entry 2: edited." in ran.stdout


def test_a_sealer_that_is_told_to_stop_stops(committed, test_database, tmp_path: Path):
    record(SmallPlace.begin())
    running = subprocess.Popen(
        [sys.executable, "-m", "nowrongdoor.console", "manage", "seal", "--forever"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "DATABASE_URL": test_database.app_url,
            "DATABASE_OWNER_URL": test_database.owner_url,
            "NWD_ANCHOR": str(tmp_path / "anchor.jsonl"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until((tmp_path / "anchor.jsonl").exists, within=60)
        running.send_signal(signal.SIGTERM)
        _, errors = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 128 + signal.SIGTERM and errors == ""
    assert Seal.objects.count() == Entry.objects.count()
    assert verify(anchor=tmp_path / "anchor.jsonl").holds


def test_between_looks_through_everything_the_sealer_looks_through_the_last_minutes(monkeypatch):
    """However long the journal is, at most a fiftieth of the time goes into looking through all of it."""
    monkeypatch.delenv("NWD_ANCHOR", raising=False)
    since: list[object] = []
    clock = iter([1.0, 5.0, 100.0, 204.0, 206.0, 206.1])  # the first look takes four seconds

    def seal(**asked: object) -> int:
        since.append(asked["since"])
        return 0

    monkeypatch.setattr(sealing, "monotonic", lambda: next(clock))
    monkeypatch.setattr(kernel, "seal", seal)
    sealer = sealing.Sealer()
    for _ in range(4):
        sealer.round()
    assert [one is None for one in since] == [True, False, False, True]


def test_a_verb_with_a_hyphen_is_the_command_of_that_name(monkeypatch: pytest.MonkeyPatch):
    asked: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", asked.append)
    assert managing.main(["verify-journal", "--anchor", "a-file"]) == 0
    assert managing.main(["--help"]) == 0
    assert [words[1:] for words in asked] == [["verify_journal", "--anchor", "a-file"], ["--help"]]


def test_the_private_database_has_an_anchor_without_being_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("NWD_ANCHOR", raising=False)
    assert sealing.anchor_path() is None
    sealing.name_default_anchor()
    assert sealing.anchor_path() is None, "a database of somebody's own has the anchor it is given"
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("NWD_ANCHOR", "")
    monkeypatch.delenv("NWD_ANCHOR")
    sealing.name_default_anchor()
    assert sealing.anchor_path() == sealing.default_anchor()
    assert sealing.default_anchor().parent == embedded.directory_for("demo")


def test_the_anchor_named_by_the_setting_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("NWD_ANCHOR", str(tmp_path / "anchor.jsonl"))
    sealing.name_default_anchor()
    assert sealing.anchor_path() == tmp_path / "anchor.jsonl"


def test_a_place_made_afresh_has_an_anchor_made_afresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(sealing, "default_anchor", lambda: tmp_path / "anchor.jsonl")
    monkeypatch.setattr(embedded, "destroy", lambda directory: None)
    (tmp_path / "anchor.jsonl").write_text("of a place that is no more")
    serving.start_afresh(tmp_path)
    assert not (tmp_path / "anchor.jsonl").exists()


def test_a_site_without_a_journal_is_served_without_a_sealer(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("django.apps.apps.is_installed", lambda name: False)
    with sealing.meanwhile() as sealer:
        assert sealer is None
