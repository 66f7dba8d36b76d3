"""A downtime pack is opened and written when nothing else answers."""

import importlib

import pytest

from nowrongdoor.console import packing, sweeping
from nowrongdoor.nhsuk import sealed_file
from nowrongdoor.site import asgi
from tests.trust.test_starting import started

PHRASE = "FYCU-THGE-2VNM-26KK-LCYS-2M3U-MAUT-CJEO"
OPENS = """
import getpass, sys
getpass.getpass = lambda asked: {phrase!r}
from nowrongdoor.console import managing
sys.exit(managing.main([{verb!r}, {file!r}, "--to", {to!r}]))
"""
ELSEWHERE = {
    "DATABASE_URL": "postgresql://nwd_app@127.0.0.1:1/nwd",  # nothing answers there
    "NWD_LIVE": "1",
    "NWD_DOWNTIME_FOLDER": "/nowhere",
}


@pytest.mark.parametrize("named", [ELSEWHERE, {}], ids=["its database is down", "no database is named"])
@pytest.mark.parametrize("verb", ["open_pack", "open-pack"])
def test_a_pack_is_opened_where_no_database_answers_and_none_is_started(tmp_path, named, verb):
    locked, to, home = tmp_path / "locked.html", tmp_path / "list.html", tmp_path / "home"
    page = "<h1>ALI, Maryam \N{EM DASH} Front door</h1>"
    locked.write_text(sealed_file.sealed(page, phrase=PHRASE, title="Downtime pack"), "utf-8")
    opens = OPENS.format(phrase=PHRASE, verb=verb, file=str(locked), to=str(to))
    told = started(opens, NWD_HOME=str(home), **named)
    assert told.returncode == 0, told.stderr
    assert page in to.read_text("utf-8")
    assert not home.exists(), "no database of ours was made"


@pytest.mark.parametrize(("sweeps", "testing", "begun"), [
    (False, False, ["packs"]), (True, False, ["sweeps", "packs"]), (False, True, []),
])  # fmt: skip
def test_packs_are_written_wherever_clocks_are_swept(monkeypatch, settings, sweeps, testing, begun):
    settings.NWD_SWEEPS, settings.TESTING, said = sweeps, testing, []
    monkeypatch.setattr(sweeping, "begin", lambda: said.append("sweeps"))
    monkeypatch.setattr(packing, "begin", lambda: said.append("packs"))
    monkeypatch.setattr("nowrongdoor.site.starting.stand_behind_the_wall", lambda: None)
    importlib.reload(asgi)
    assert said == begun
