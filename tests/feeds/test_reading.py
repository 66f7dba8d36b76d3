"""Feeds as they really come: half, looped, of the wrong kind; each fault named, the good entries kept."""

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from nowrongdoor.console.feeds import sources
from nowrongdoor.console.feeds.contents import Page, entries
from nowrongdoor.rules.openreferral import checking

SOURCE = str(Path(sources.__file__).parents[3])
GOOD = {"id": str(UUID(int=1)), "name": "Listening ear", "status": "active"}


def read(text: str | bytes) -> tuple[list[Any], list[str]]:
    page = Page("page 1")
    raw = text.encode() if isinstance(text, str) else text
    return list(entries(io.BytesIO(raw).read, page)), page.faults


def a_page(*contents: Any, **said: Any) -> str:
    return json.dumps({"total_items": len(contents), "size": len(contents), **said, "contents": contents})


@pytest.mark.parametrize(
    ("text", "kept", "faults"),
    [
        (a_page(GOOD), 1, []),
        (a_page(GOOD, size=3), 1, ["says size 3 and has 1 entry"]),
        (a_page(GOOD, empty=True), 1, ["says empty true and has 1 entry"]),
        (a_page(GOOD, page_number=1, total_pages=2, last_page=True), 1,
         ["is page 1 of 2 and says last_page true"]),
        (a_page(GOOD, GOOD)[:-40], 1, ["ends in the middle, after 1 entry and 189 bytes"]),
        ("<html>", 0, ["is not JSON: line 1, column 1"]),
        ("", 0, ["is empty"]),
        (b'{"contents": [{"name": "\xff"}]}', 0, ["is not UTF-8 text: byte 25",
                                                  "ends in the middle, after 0 entries and 29 bytes"]),
        (json.dumps([GOOD, GOOD]), 2, []),
        (json.dumps(GOOD), 1, []),
        ("\ufeff" + a_page(GOOD), 1, []),
    ],
)  # fmt: skip
def test_a_page_says_what_is_wrong_with_it_and_gives_what_is_good(
    text: str | bytes, kept: int, faults: list[str]
) -> None:
    found, told = read(text)
    assert len(found) == kept
    assert told == faults


@pytest.mark.slow
def test_a_feed_of_two_hundred_megabytes_is_read_in_the_memory_of_a_few_entries(tmp_path: Path) -> None:
    """As one page, in a process whose memory is nothing else's. Held whole, it would not fit."""
    feed, entry = tmp_path / "feed.json", json.dumps(GOOD | {"description": "Tea and talk. " * 1_400})
    many = 200_000_000 // len(entry) + 1
    with feed.open("w") as written:
        written.write(f'{{"total_items": {many}, "size": {many}, "contents": [{entry}')
        written.writelines(f", {entry}" for _ in range(many - 1))
        written.write("]}")
    assert feed.stat().st_size > 200_000_000
    ran = subprocess.run(
        [sys.executable, "-c", READ_WHOLE, str(feed)], env={**os.environ, "PYTHONPATH": SOURCE},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    read, faults, megabytes = json.loads(ran.stdout)
    assert (read, faults) == (many, [])
    assert megabytes < 40, "beside what Python itself takes"


READ_WHOLE = """
import json, resource, sys
from nowrongdoor.console.feeds import sources
def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
before = most()
for page, found in sources.pages(sys.argv[1]):
    read = sum(1 for _ in found)
print(json.dumps([read, page.faults, most() - before]))
"""


def test_an_entry_that_is_cut_anywhere_never_counts_as_whole() -> None:
    text = a_page(GOOD, GOOD)
    for cut in range(len(text) - 1):
        found, faults = read(text[:cut])
        assert faults or len(found) == 2


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"status": "open"}, "status is none of active, inactive, defunct, temporarily closed: open"),
        ({"minimum_age": "18"}, "minimum_age is text, not a number"),
        ({"minimum_age": 30, "maximum_age": 20}, "minimum_age is above maximum_age: 30 and 20"),
        ({"email": "at home"}, "email is no e-mail address: at home"),
        ({"url": "example"}, "url is no address on the web: example"),
        ({"schedules": [{"opens_at": "9 o'clock"}]}, "schedules[0].opens_at is no time of day: 9 o'clock"),
        ({"schedules": [{"byday": "Monday"}]}, "schedules[0].byday names no days: Monday"),
        ({"service_at_locations": [{"location": {"latitude": 100}}]},
         "service_at_locations[0].location.latitude is not on Earth: 100"),
        ({"name": None}, "name is missing"),
        ({"id": "7"}, "id is not an id: 7"),
    ],
)  # fmt: skip
def test_each_fault_of_an_entry_is_named_by_its_field(change: dict[str, Any], fault: str) -> None:
    record = {name: value for name, value in (GOOD | change).items() if value is not None}
    kept, faults = checking.checked(record, where="entry 1")
    assert fault in [f"{one.field} {one.words}" for one in faults]
    assert (kept is None) is bool({"name", "status", "id"} & set(change))


def test_any_json_at_all_is_checked_without_falling_over() -> None:
    lists = ({"schedules": 3}, {"schedules": [None]}, {"organization": []}, {"id": {}})
    for wrong in (None, 3, "x", [], *lists):
        kept, faults = checking.checked(wrong, where="entry 1")
        assert kept is None
        assert faults


@contextmanager
def served(pages: dict[str, tuple[str, str]]) -> Iterator[str]:
    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = pages.get(self.path.partition("&")[0], ("text/html", "<h1>Sorry</h1>"))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page_of(number: int, pages: int) -> tuple[str, str]:
    one = GOOD | {"id": str(UUID(int=number))}
    return "application/json", a_page(one, page_number=number, total_pages=pages, total_items=pages)


def all_of(address: str) -> tuple[int, list[str]]:
    read, faults = 0, []
    for page, found in sources.pages(address):
        read += len(list(found))
        faults.append(page)
    return read, [f"{page.where} {words}" for page in faults for words in page.faults]


def test_pages_that_go_round_are_named_and_left() -> None:
    asked = {f"/services?page={number}": page_of(1 + number % 2, 9) for number in range(1, 9)}
    with served(asked) as address:
        found, faults = all_of(address)
    assert found == 3
    assert "page 3 has only entries of pages before it: the pages go round, and no more are read" in faults


def test_a_page_of_another_kind_is_named_and_passed_over() -> None:
    asked = {f"/services?page={number}": page_of(number, 3) for number in (1, 3)}
    with served(asked) as address:
        found, faults = all_of(address)
    assert found == 2
    assert faults == ["page 2 is text/html, not JSON"]


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    table = tmp_path / "services.csv"
    table.write_text("id,name,organization,phone,byday,opens_at,latitude\n"
                     f"{UUID(int=3)},Lunch club,Neighbours,01632 960000,MO;TU,12:00,53.1\n")  # fmt: skip
    ((page, found),) = sources.pages(str(table))
    kept, faults = checking.checked(next(found), where="line 1")
    assert (faults, page.faults) == ([], [])
    assert kept is not None
    assert kept["schedules"] == [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "12:00"}]
