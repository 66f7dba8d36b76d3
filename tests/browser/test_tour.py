"""./nwd tour takes its pictures in words that anyone understands, and fails when something was wrong."""

from __future__ import annotations

import sys

import pytest

from nowrongdoor.console import touring


def test_the_tour_takes_a_picture_of_each_main_screen(browser, address, tmp_path, capsys):
    walk = touring.Walk(browser, address, tmp_path)
    for stop in touring.STOPS:
        stop(walk)
    assert walk.report(12.3) == 0
    walk.page.context.close()
    said = capsys.readouterr().out
    assert f"8 pictures in {tmp_path}, in 12 s." in said
    assert "No error in the browser, and nothing was asked of another machine." in said
    for path in tmp_path.iterdir():
        assert path.read_bytes()[8:12] == b"WEBP"
        assert f"{path.name} " in said


def test_a_picture_that_is_too_large_or_a_fault_fails_the_tour(tmp_path, capsys):
    walk = touring.Walk(None, "http://127.0.0.1:1", tmp_path)
    walk.taken.append(tmp_path / "huge.webp")
    walk.taken[0].write_bytes(bytes(touring.LARGEST + 1))
    walk._left("http://127.0.0.1:1/board")
    walk._left("https://elsewhere.example/")
    assert walk.report(1) == 1
    said = capsys.readouterr().out
    assert "Wrong: huge.webp is larger than 200 kB" in said
    assert "Wrong: another machine was asked: https://elsewhere.example/" in said
    assert "/board" not in said


def test_it_leaves_a_database_alone_that_it_did_not_make(tmp_path, capsys):
    assert touring.main(["--into", str(tmp_path)]) == 1  # DATABASE_URL is set while tests run
    assert "it fills a private database of its own, and DATABASE_URL names another" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("chromium", "The tour needs a browser, and there is no Chromium here."),
        ("playwright", "The tour drives the browser with Playwright, which is not here"),
    ],
)
def test_what_it_needs_and_has_not_it_says_in_a_sentence(monkeypatch, capsys, missing, sentence):
    if missing == "chromium":
        monkeypatch.setattr(touring, "find_chromium", lambda: None)
    else:
        monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    assert touring.main([]) == 1
    assert sentence in capsys.readouterr().err
