"""A feed in the directory: taken in twice it changes nothing, and what it no longer has stays and says so."""

import json
import os
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command

from nowrongdoor.data.services.models import Service

PUBLISHED = Path(
    os.environ.get("NOWRONGDOOR_PUBLISHED_DATA", Path(__file__).parents[2].parent / "shared" / "data")
).resolve()
needs_feed = pytest.mark.skipif(
    not (PUBLISHED / "oruk").is_dir(), reason="only where the published test data 'oruk' is beside us"
)


def imported(source: Path, *options: str) -> dict[str, Any]:
    account = source.parent / "account.json" if os.access(source.parent, os.W_OK) else None
    told = Path("/dev/null") if account is None else account
    call_command(
        "import_directory", str(source), *options, "--json", str(told), stdout=StringIO(), stderr=StringIO()
    )
    return json.loads(told.read_text("utf-8"))


def a_feed(tmp_path: Path, *names: str) -> Path:
    contents = [
        {"id": str(UUID(int=number)), "name": name, "status": "active", "description": "Somebody to talk to"}
        for number, name in enumerate(names, start=900)
    ]
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({"size": len(names), "contents": contents}), "utf-8")
    return path


def test_a_feed_taken_in_twice_changes_nothing_and_what_is_gone_stays(db: None, tmp_path: Path) -> None:
    feed = a_feed(tmp_path, "Listening ear", "Lunch club")
    dry = imported(feed, "--dry-run")
    assert (dry["entered"], Service.objects.filter(feed=str(feed)).count()) == (2, 0)
    assert dry["differences"] == [
        f"new: Listening ear ({UUID(int=900)})",
        f"new: Lunch club ({UUID(int=901)})",
    ]
    assert imported(feed)["entered"] == 2
    again = imported(feed)
    assert (again["entered"], again["changed"], again["same"]) == (0, 0, 2)
    assert imported(a_feed(tmp_path, "Listening ears"))["missed"] == 1
    stands = {one.name: one.missing_since for one in Service.objects.filter(feed=str(feed))}
    assert stands["Listening ears"] is None
    assert stands["Lunch club"] is not None
    assert imported(a_feed(tmp_path, "Listening ears", "Lunch club"))["changed"] == 1
    assert not Service.objects.filter(feed=str(feed), missing_since__isnull=False).exists()


def test_half_a_feed_marks_nothing_as_gone(db: None, tmp_path: Path) -> None:
    feed = a_feed(tmp_path, "Listening ear", "Lunch club")
    imported(feed)
    feed.write_text(feed.read_text("utf-8")[:-60], "utf-8")
    account = imported(feed)
    assert (account["same"], account["missed"], account["is_whole"]) == (1, 0, False)


@needs_feed
def test_the_published_feed_is_taken_in_with_exactly_its_faults(db: None, tmp_path: Path) -> None:
    for name in ("mock_default", "examples"):
        folder = tmp_path / name
        folder.mkdir()
        for file in (PUBLISHED / "oruk" / name).glob("*.json"):
            (folder / file.name).write_bytes(file.read_bytes())
    account = imported(tmp_path / "mock_default")
    place = "service_at_locations[0].location.latitude is not on Earth: 100"
    assert account["faults"] == [
        "organization_list.json says size 1 and has 10 entries",
        f"service_at_location_full.json, entry 1, Community Counselling: {place}",
        f"service_at_location_list.json, entry 1, Community Counselling: {place}",
        f"service_full.json, entry 1, Community Counselling: {place}",
    ]
    assert (account["entered"], account["passed_over"]) == (1, 0)
    taken_in = Service.objects.get(feed=str(tmp_path / "mock_default"))
    assert (taken_in.name, taken_in.needs) == ("Community Counselling", ["mental"])
    assert len(taken_in.record["schedules"]) == 1
    assert imported(tmp_path / "mock_default")["same"] == 1
