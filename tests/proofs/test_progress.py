"""How a filling tells of its progress: to someone who watches, and to a log that is read later."""

import io

import pytest
from django.db import connection

from nowrongdoor.console import demo_place
from nowrongdoor.console.progress import CHECKING, COUNTING, STORING, Progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_log_gets_a_line_for_every_tenth() -> None:
    log = io.StringIO()
    progress = Progress(log)
    for done in range(673):
        progress(done, 672)
    assert log.getvalue().splitlines() == [f"  {percent} %" for percent in range(0, 101, 10)]


def test_a_screen_gets_one_line_that_grows() -> None:
    screen = Screen()
    progress = Progress(screen)
    for done in range(673):
        progress(done, 672)
    shown = screen.getvalue()
    assert shown.count("\n") == 1 and shown.endswith("100 %\n")
    assert shown.count("\r") == 101, "once for every percent"
    assert f"[{'#' * 12:<25}]  50 %" in shown


def test_what_cannot_be_counted_is_said_on_a_line_of_its_own() -> None:
    screen, log = Screen(), io.StringIO()
    for stream in (screen, log):
        progress = Progress(stream)
        progress(1, 2)
        progress.says(CHECKING)
    assert screen.getvalue().endswith(f"50 %\n  {CHECKING}\n")
    assert log.getvalue() == f"  50 %\n  {CHECKING}\n"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_load_says_what_it_does_when_all_has_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    monkeypatch.setattr(demo_place, "ACTED_UP_TO", 0)
    demo_place.fill(people=5, progress=Progress(log), seed=7)
    told = log.getvalue().splitlines()
    assert told[-3:] == [f"  {words}" for words in (STORING, CHECKING, COUNTING)]
    assert "  90 %" in told
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone()[0] >= 5
