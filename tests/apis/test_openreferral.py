"""The directory as anybody may read it: exact on every page, nothing secret."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from nowrongdoor.journeys import services
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.openreferral import searched, terms
from nowrongdoor.rules.sweeping import NOBODY
from tests.worlds.small_place import SmallPlace

ORUK = Path(
    os.environ.get("NOWRONGDOOR_PUBLISHED_DATA", Path(__file__).parents[2].parent / "shared" / "data")
).resolve() / "oruk"  # fmt: skip
needs_schemas = pytest.mark.skipif(
    not ORUK.is_dir(), reason="only where the published test data 'oruk' is beside us"
)
FEED = "https://feed.example"


def a_record(number: int) -> dict[str, Any]:
    return {
        "id": str(UUID(int=number)),
        "name": f"Befriending {number}",
        "description": "Somebody calls round",
        "status": "active",
        "minimum_age": number % 3 * 10,
        "organization": {"name": "Neighbours"},
        "schedules": [{
            "freq": "WEEKLY", "byday": "MO" if number % 2 else "TU",
            "opens_at": "09:00", "closes_at": "17:00",
        }],
        "service_at_locations": [{
            "location": {
                "location_type": "physical", "latitude": 53 + number / 1000, "longitude": -1.0,
                "addresses": [{"postal_code": "ZZ1 1AA", "address_1": "1 High Street"}],
            },
        }],
    }  # fmt: skip


@pytest.fixture
def feed(db: None) -> SmallPlace:
    """Eight services of a feed, one of the place, and one whose address must not be known."""
    place = SmallPlace.begin()
    found = [searched.service_of(a_record(number), feed=FEED, on=place.at.date()) for number in range(1, 9)]
    refuge = replace(found[0], id=UUID(int=99), name="Refuge", hides_address=True)
    services.take_in(services=[*found, refuge], by=NOBODY, at=place.later())
    lead = replace(place.amir, role="team_lead")
    line = Service(
        UUID(int=50), place.amir.agency_id, None, "Night line", "A voice at night", ("just_to_talk",), "20–8",
        "01632 960002",
    )  # fmt: skip
    services.enter(services=[line], by=lead, at=place.later())
    return place


def asked(path: str, **query: object) -> dict[str, Any]:
    answer = Client().get(f"/openreferral/{path}", query)
    assert answer.status_code == 200, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def every_page(path: str, per_page: int, **query: object) -> Iterator[dict[str, Any]]:
    number = 1
    while True:
        page = asked(path, page=number, per_page=per_page, **query)
        yield page
        if page["last_page"]:
            return
        number += 1


@cache
def schema(name: str) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker

    document = json.loads((ORUK / "schema" / "compiled" / f"{name}.json").read_text("utf-8"))
    return Draft202012Validator(document, format_checker=FormatChecker())


@pytest.mark.parametrize("path", ["services", "service_at_locations", "taxonomies", "taxonomy_terms"])
def test_the_envelope_adds_up_over_all_pages_of_any_size(feed: SmallPlace, path: str) -> None:
    total = asked(path)["total_items"]
    assert total > 5
    for size in (1, 7, 50):
        pages = list(every_page(path, size))
        assert sum(page["size"] for page in pages) == total == pages[0]["total_items"]
        assert len({one["id"] for page in pages for one in page["contents"]}) == total
        assert [page["page_number"] for page in pages] == list(range(1, len(pages) + 1))
        assert all(page["total_pages"] == len(pages) == -(-total // size) for page in pages)
        assert [page["first_page"] for page in pages].index(True) == 0
    beyond = asked(path, page=1000)
    assert (beyond["size"], beyond["empty"], beyond["last_page"]) == (0, True, True)


@needs_schemas
def test_every_page_and_every_entry_passes_the_schemas(feed: SmallPlace) -> None:
    for path, name in (("services", "service"), ("service_at_locations", "service_at_location")):
        for page in every_page(path, 3):
            for one in page["contents"]:
                assert not list(schema(f"{name}_list").iter_errors(one))
                whole = asked(f"{path}/{one['id']}")
                assert not list(schema(name).iter_errors(whole))
                assert None not in whole.values()


def test_filters_are_cumulative_and_each_narrows(feed: SmallPlace) -> None:
    def count(**query: object) -> int:
        return asked("services", **query)["total_items"]

    assert count() == 9
    assert count(search="befriending") == 8
    assert count(search="befriending", day="MO") == 4
    assert count(search="befriending", day="MO", maximum_age=5) == 1
    assert count(search="befriending", day="MO", start_time="08:00") == 0
    assert count(taxonomy_term_id=terms.term("needs", "just_to_talk", on=feed.at.date())["id"]) == 1
    assert count(search="50%") == 0


def test_places_are_found_near_a_postcode(feed: SmallPlace) -> None:
    near = asked("service_at_locations", postcode="ZZ1 1AA", proximity=250)
    assert 0 < near["total_items"] < 8
    assert asked("service_at_locations", postcode="ZZ1 1AA", proximity=100_000)["total_items"] == 8
    assert asked("service_at_locations", postcode="AB99 9ZZ")["empty"] is True


def test_a_secret_address_is_nowhere_in_the_feed(feed: SmallPlace) -> None:
    assert "Refuge" not in json.dumps([*every_page("services", 5), *every_page("service_at_locations", 5)])
    assert Client().get(f"/openreferral/services/{UUID(int=99)}").status_code == 404


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=100000", "minimum_age=old", "day=noday", "taxonomy_id=7",
              "search=%00", "start_time=nine"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(db: None, query: str) -> None:
    answer = Client().get(f"/openreferral/services?{query}")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(query.partition("=")[0])


def test_what_has_not_changed_is_not_sent_again(feed: SmallPlace) -> None:
    first = Client().get("/openreferral/services")
    again = Client().get("/openreferral/services", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_root_says_what_it_is(db: None) -> None:
    assert asked("")["version"] == "HSDS-UK-3.0"
    assert Client().get(f"/openreferral/services/{UUID(int=1)}").status_code == 404
    assert Client().get("/openreferral/taxonomies/nothing").status_code == 404


def test_what_we_publish_we_take_in_again_unchanged(feed: SmallPlace) -> None:
    whole = asked(f"services/{UUID(int=50)}")
    again = searched.service_of(whole, feed=FEED, on=feed.at.date())
    assert (again.name, again.needs, again.phone) == ("Night line", ("just_to_talk",), "01632 960002")
