"""
Where a feed's entries come from, page by page: an address on the web, a folder, a file, a table (CSV).

A page that cannot be read is named and passed over; pages that go round in a ring are named and left.
"""

from __future__ import annotations

import csv
import io
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from nowrongdoor.console.feeds.contents import Page, entries

EACH = 100  # entries asked for a page
WAIT_S = 30
MOST_PAGES = 100_000
NEVER_SERVICES = ("organization", "taxonom", "api_details", "location", "metadata")
Found = tuple[Page, Iterator[Any]]
COLUMNS = (
    "id", "name", "description", "status", "url", "email", "fees", "minimum_age", "maximum_age",
    "assured_date",
)  # fmt: skip


def pages(source: str, *, first: int = 1) -> Iterator[Found]:
    """Each page with its entries, which must be read before the next is asked for."""
    if source.startswith(("http://", "https://")):
        yield from _of_address(source, first)
        return
    path = Path(source)
    if path.is_dir():
        files = sorted(path.glob("*.json")) + sorted(path.glob("*.csv"))
        if not files:
            page = Page(source)
            page.broken("holds no .json and no .csv file")
            yield page, iter(())
        for file in files:
            yield from _of_file(file)
    elif path.is_file():
        yield from _of_file(path)
    else:
        page = Page(source)
        page.broken("is no address, no folder and no file")
        yield page, iter(())


def _of_file(path: Path) -> Iterator[Found]:
    page = Page(path.name)
    with path.open("rb") as opened:
        if path.suffix.lower() == ".csv":
            yield page, _of_table(opened.read(), page)
        else:
            yield page, entries(opened.read, page)


def _of_table(raw: bytes, page: Page) -> Iterator[Any]:
    """A table with a service a line; its columns are named as Open Referral names them."""
    try:
        lines = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as fault:
        page.broken(f"is not UTF-8 text: byte {fault.start + 1:,}")
        return
    if not lines.fieldnames or not {"id", "name"} <= set(lines.fieldnames):
        page.broken("needs a first line that names its columns, with id and name among them")
        return
    page.is_list = True
    try:
        for row in lines:
            page.count += 1
            yield _of_row(row)
    except csv.Error as fault:
        page.broken(f"is not a table that can be read: {fault}")


def _of_row(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: row[name].strip() for name in COLUMNS if (row.get(name) or "").strip()}
    entry: dict[str, Any] = {
        name: _number(value) if name.endswith("_age") else value for name, value in told.items()
    }
    entry.setdefault("status", "active")
    said = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
    if said.get("organization"):
        entry["organization"] = {"name": said["organization"]}
    if said.get("phone"):
        entry["phones"] = [{"number": said["phone"]}]
    if said.get("byday"):
        line = {"freq": "WEEKLY", "byday": said["byday"].replace(";", ",")}
        line |= {name: said[name] for name in ("opens_at", "closes_at") if said.get(name)}
        entry["schedules"] = [line]
    location: dict[str, Any] = {
        name: _number(said[name]) for name in ("latitude", "longitude") if said.get(name)
    }
    if said.get("postal_code"):
        location["addresses"] = [{"postal_code": said["postal_code"], "address_1": said.get("address_1", "")}]
    if location:
        entry["service_at_locations"] = [{"location": {"location_type": "physical", **location}}]
    return entry


def _number(text: str) -> Any:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def _of_address(address: str, first: int) -> Iterator[Found]:
    base = address.rstrip("/").removesuffix("/services")
    number, seen, last = first, set[str](), 0
    while number <= MOST_PAGES:
        page = Page(f"page {number}")
        ids: list[str] = []
        yield page, _noted(_asked(f"{base}/services?page={number}&per_page={EACH}", page), ids)
        last = page.said.get("total_pages", last)
        if ids and set(ids) <= seen:
            page.broken("has only entries of pages before it: the pages go round, and no more are read")
            return
        seen |= set(ids)
        if page.said.get("page_number", number) != number:
            page.faults.append(f"was asked for and says it is page {page.said['page_number']}")
        # A page that could not be read is passed over while another is known to follow.
        if _is_last(page, ids, number=number, last=last):
            return
        number += 1


def _is_last(page: Page, ids: list[str], *, number: int, last: int) -> bool:
    if page.said.get("last_page"):
        return True
    return number >= last if last else page.is_whole is False or not ids


def _asked(address: str, page: Page) -> Iterator[Any]:
    asking = urllib.request.Request(address, headers={"Accept": "application/json"})
    try:
        with closing(urllib.request.urlopen(asking, timeout=WAIT_S)) as answer:
            kind = answer.headers.get_content_type()
            if kind != "application/json" and not kind.endswith("+json"):
                page.broken(f"is {kind}, not JSON")
                return
            yield from entries(answer.read, page)
    except urllib.error.HTTPError as fault:
        page.broken(f"was answered with {fault.code}")
    except (OSError, ValueError) as fault:
        page.broken(f"could not be read: {getattr(fault, 'reason', fault)}")


def _noted(found: Iterator[Any], ids: list[str]) -> Iterator[Any]:
    for entry in found:
        ids.append(str(entry.get("id", "")) if isinstance(entry, dict) else json.dumps(entry)[:100])
        yield entry


def whole(address: str, service_id: str) -> tuple[Any, str]:
    """All that an address says of one service, or why not."""
    page = Page("")
    base = address.rstrip("/").removesuffix("/services")
    found = list(_asked(f"{base}/services/{urllib.parse.quote(service_id)}", page))
    return (found[0] if found else None), "; ".join(page.faults)
