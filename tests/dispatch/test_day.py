"""A day's file is read whole, or what is wrong with it is said with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nowrongdoor.console.planning import main
from nowrongdoor.dispatch import day
from tests.dispatch.days import as_published


def test_a_usual_length_is_taken_where_a_visit_names_none() -> None:
    read = day.of(as_published(1, 3))
    assert read.visits[0].parts[0].minutes == 15
    assert [part.minutes for part in read.visits[2].parts] == [20, 20]


def _put(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(found: dict[str, Any]) -> None:
        inner: Any = found
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = to

    return change


WRONG = {
    "no patients": (_put("patients", to=None), "patients: a list is needed"),
    "a patient that is a word": (_put("patients", 1, to="p1"), "patients 2: an object is needed"),
    "no name": (_put("patients", 0, "id", to=""), "patients 1, id: a name is needed"),
    "the same name twice": (_put("patients", 0, "id", to="p1"), "patients: two have the same id"),
    "a window that ends before it begins": (
        _put("patients", 0, "time_window", to=[90, 30]),
        "patients 1, time_window: 90 comes after 30",
    ),
    "a window of words": (
        _put("patients", 0, "time_window", to=["nine", "ten"]),
        "patients 1, time_window: 'nine' is not a number",
    ),
    "three at the door": (
        _put("patients", 0, "required_caregivers", to=[{"service": "company"}] * 3),
        "patients 1, required_caregivers: one or two",
    ),
    "less than no time": (
        _put("patients", 0, "required_caregivers", 0, "duration", to=-5),
        "patients 1, required_caregivers 1, duration: -5 is below nothing",
    ),
    "two who come nobody knows how": (
        _put("patients", 2, "synchronization", "type", to="whenever"),
        "patients 3, synchronization: 'simultaneous' or 'sequential', not 'whenever'",
    ),
    "what nobody can do": (
        _put("patients", 0, "required_caregivers", 0, "service", to="surgery"),
        "patients 1, required_caregivers 1, duration: None is not a number",
    ),
    "what nobody who is there can do": (
        _put("caregivers", to=[{"id": "c0", "abilities": ["gardening"]}]),
        "nobody can do",
    ),
    "two needed and one there": (
        _put(
            "caregivers", to=[{"id": "c0", "abilities": ["dressing", "insulin", "company", "rehabilitation"]}]
        ),
        "patient p2: two people are needed",
    ),
    "abilities that are no list": (
        _put("caregivers", 0, "abilities", to="all"),
        "caregivers 1, abilities: a list of names is needed",
    ),
    "distances of another day": (_put("distances", to=[[0.0]]), "distances: 1 rows, but"),
    "a distance that is not a number": (
        _put("distances", 1, 2, to=float("nan")),
        "distances, row 1: nan is not a number",
    ),
    "a distance below nothing": (_put("distances", 1, 2, to=-1.0), "distances, row 1: a distance is below"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_with_its_place(name: str) -> None:
    change, words = WRONG[name]
    found = as_published(1, 4)
    day.of(found)  # the control: nothing is wrong with it before
    change(found)
    with pytest.raises(day.Unreadable, match=words.replace("(", r"\(")):
        day.of(found)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe{}", "is not JSON"),
        (b"[]", "the file: an object"),
        (None, "cannot be read"),
    ],
    ids=["cut", "another encoding", "a list", "not there"],
)
def test_a_file_that_is_no_day_is_answered_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, words: str
) -> None:
    path = tmp_path / "day.json"
    if content is not None:
        path.write_bytes(content)
    assert main([str(path)]) == 2
    told = capsys.readouterr()
    assert words in told.err and told.out == ""


def test_a_plan_is_printed_in_the_published_shape_and_as_a_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a-day.json"
    path.write_text(json.dumps(as_published(1, 4)), "utf-8")
    assert main([str(path), "--seconds", "0.2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    stops = [stop for route in told["routes"] for stop in route["locations"]]
    assert told["instance"] == "a-day" and {route["caregiver_id"] for route in told["routes"]} == {
        "c0",
        "c1",
        "c2",
    }
    assert sorted(stop["patient"] for stop in stops) == ["p0", "p1", "p2", "p2", "p3"]
    assert told["cost"] == pytest.approx(
        (told["distance_traveled"] + told["total_tardiness"] + told["max_tardiness"]) / 3
    )
    assert main([str(path), "--seconds", "0.2"]) == 0
    sheet = capsys.readouterr().out
    assert "p2 at " in sheet and "a third of their sum" in sheet
