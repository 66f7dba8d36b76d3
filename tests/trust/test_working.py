"""Work that goes on: it outlives what goes wrong, says so once, and begins again at once while more waits."""

import threading

import pytest
from django.db import DataError, OperationalError, connection

from nowrongdoor.console import sealing
from nowrongdoor.console.working import Rounds


class Counting(Rounds):
    """Does as it is told, round by round; the last one stops it."""

    what = "Counting failed"

    def __init__(self, *does: object) -> None:
        self.said: list[str] = []
        super().__init__(say=self.said.append)
        self.does, self.stop, self.waits = list(does), threading.Event(), []
        self.stop.wait = self.waits.append

    def each(self) -> float:
        return 7.0

    def round(self) -> bool:
        does = self.does.pop(0)
        if not self.does:
            self.stop.set()
        if isinstance(does, Exception):
            raise does
        return bool(does)

    def go(self) -> "Counting":
        self.until(self.stop)
        return self


def test_more_that_waits_is_begun_at_once_and_else_it_waits_its_time():
    assert Counting(True, True, False).go().waits == [0.0, 0.0, 7.0]


def test_what_fails_is_said_once_and_again_only_after_it_went_well():
    counting = Counting(ValueError("no"), ValueError("no"), False, ValueError("no"), False).go()
    assert counting.said == ["Counting failed (ValueError). Trying again."] * 2
    assert counting.waits == [7.0] * 5, "what failed is not tried at once"


def test_only_what_the_database_did_costs_the_connection(monkeypatch):
    closed: list[int] = []
    monkeypatch.setattr(connection, "close", lambda: closed.append(1))
    Counting(ValueError("the clock is wrong"), False).go()
    assert not closed
    Counting(OperationalError("gone"), False).go()
    assert closed == [1]


QUOTES = "Maryam Ali, 14 Harbour Walk"


def of_the_database() -> Exception:
    """As PostgreSQL says it: with the value that it could not take."""
    with pytest.raises(DataError, match="Maryam") as fault, connection.cursor() as cursor:
        cursor.execute("SELECT %s::text::integer", [QUOTES])
    return fault.value


@pytest.mark.django_db
@pytest.mark.parametrize(("failed", "kind"), [
    (of_the_database, "DataError: 22P02"),
    (lambda: OSError(28, "No space left on device", f"/srv/{QUOTES}"), "OSError: No space left on device"),
    (lambda: KeyError(QUOTES), "KeyError"),
    (lambda: OperationalError(QUOTES), "OperationalError"),
])  # fmt: skip
def test_what_stands_in_the_way_is_said_without_what_is_in_a_row(failed, kind):
    fault = failed()
    assert Counting(fault, False).go().said == [f"Counting failed ({kind}). Trying again."]
    assert sealing.in_words(fault) == f"The journal could not be sealed or anchored ({kind}). Trying again."
