"""Taking a feed in: every entry checked, every fault named, the good ones written a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from nowrongdoor.console.feeds import sources
from nowrongdoor.console.feeds.contents import Page
from nowrongdoor.rules import directory
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.openreferral import checking, searched

Say = Callable[[str], None]
AT_ONCE = 500  # entries written in one act


@dataclass
class Account:
    """What came of it. `unplaced` are entries that name no need we know: found by name alone."""

    entered: int = 0
    changed: int = 0
    same: int = 0
    missed: int = 0
    passed_over: int = 0
    unplaced: int = 0
    is_whole: bool = True
    faults: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def take_in(source: str, *, first: int, dry: bool, at: datetime, by: Any, say: Say) -> Account:
    """
    All of a feed from a page on. What a feed no longer has is marked only after all of it was read.

    The files of a folder tell of the same services, in full or in a line: those are laid together first.
    """
    account, had = Account(), set[UUID]()
    together: dict[UUID, Service] = {}
    is_folder = Path(source).is_dir()
    for page, found in sources.pages(source, first=first):
        batch: list[Service] = []
        for service in _services(source, page, found, account, at):
            if is_folder:
                together[service.id] = _laid_together(together.get(service.id), service)
                continue
            had.add(service.id)
            batch.append(service)
            if len(batch) == AT_ONCE:
                _write(batch, account, dry=dry, at=at, by=by)
                batch = []
        _write(batch, account, dry=dry, at=at, by=by)
        account.faults += [f"{page.where} {words}" for words in page.faults]
        account.is_whole &= page.is_whole
        say(f"{page.where}: {page.count:,} read")
    laid = list(together.values())
    for start in range(0, len(laid), AT_ONCE):
        _write(laid[start : start + AT_ONCE], account, dry=dry, at=at, by=by)
    had |= together.keys()
    account.unplaced = account.unplaced if not is_folder else sum(not one.needs for one in laid)
    if account.is_whole and first == 1 and not dry:
        from nowrongdoor.journeys import services

        account.missed = services.miss(feed=source, had=frozenset(had), by=by, at=at)
    return account


def _laid_together(before: Service | None, found: Service) -> Service:
    if before is None:
        return found
    places = {
        one.get("id", str(number)): one
        for number, one in enumerate(
            (*before.record.get("service_at_locations", ()), *found.record.get("service_at_locations", ()))
        )
    }
    record = (
        {**found.record, **before.record}
        if len(before.record) > len(found.record)
        else {**before.record, **found.record}
    )
    if places:
        record["service_at_locations"] = list(places.values())
    return replace(
        before,
        record=record,
        summary=before.summary or found.summary,
        needs=before.needs or found.needs,
        hours=before.hours or found.hours,
        phone=before.phone or found.phone,
    )


def _services(
    source: str, page: Page, found: Iterator[Any], account: Account, at: datetime
) -> Iterator[Service]:
    on = local_date(at)
    for number, told in enumerate(found, start=1):
        for record in _of_services(told, page):
            where = f"{page.where}, entry {number}"
            if source.startswith("http") and isinstance(record, dict) and "id" in record:
                full, why = sources.whole(source, str(record["id"]))
                if isinstance(full, dict):
                    record = {**record, **full}
                elif why:
                    account.faults.append(f"{where}: all of it {why}; only its line is taken in")
            kept, faults = checking.checked(record, where=where)
            account.faults += map(str, faults)
            if kept is None:
                account.passed_over += 1
                continue
            service = searched.service_of(kept, feed=source, on=on)
            account.unplaced += not service.needs
            yield service


def _of_services(told: Any, page: Page) -> Iterator[Any]:
    """Entries that are services, or that have one within; a feed's lists of other things hold none."""
    if page.where.startswith(sources.NEVER_SERVICES):
        return
    if isinstance(told, dict) and isinstance(told.get("service"), dict):
        inner = dict(told["service"])
        at_place = {name: value for name, value in told.items() if name != "service"}
        inner.setdefault("service_at_locations", [at_place])
        yield inner
    elif isinstance(told, list):
        yield from told
    else:
        yield told


def _write(found: list[Service], account: Account, *, dry: bool, at: datetime, by: Any) -> None:
    if not found:
        return
    from nowrongdoor.journeys import services
    from nowrongdoor.reading import directory_entries

    before = directory_entries.of([one.id for one in found])
    for one in found:
        account.differences += _difference(before.get(one.id), one)
    if dry:
        _count(before, found, account)
        return
    made = services.take_in(services=found, by=by, at=at)
    account.entered += made.entered
    account.changed += made.changed
    account.same += made.same
    account.faults += [f"{key}: {words}" for key, words in made.refused]


def _count(before: dict[UUID, Service], found: list[Service], account: Account) -> None:
    for one in {one.id: one for one in found}.values():
        try:
            step = directory.take_in(before.get(one.id), one)
        except Refused as refusal:
            account.faults.append(f"{one.id}: {refusal.words}")
            continue
        if step is None:
            account.same += 1
        elif step.before is None:
            account.entered += 1
        else:
            account.changed += 1


def _difference(before: Service | None, found: Service) -> list[str]:
    if before is None:
        return [f"new: {found.name} ({found.id})"]
    names = [one.name for one in fields(Service) if one.name not in directory.OURS]
    parts = [name for name in names if getattr(before, name) != getattr(found, name)]
    return [f"changed: {found.name} ({found.id}): {', '.join(parts)}"] if parts else []
