"""The board as people see it: seven columns, a table one click away, and a wall without names."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.journeys import referrals, seals
from nowrongdoor.kernel.now import now
from tests.worlds import stories


@pytest.fixture
def okoro(place):
    return place.a_referral(person_id=stories.maryam(place, family_name="Okoro", given_names="Ada"))


def columns(page: str) -> list[str]:
    return re.findall(r'nwd-column__heading">([^<]+?) <span', page)


def test_the_board_has_its_seven_columns_in_the_order_of_a_referral(place, amir):
    page = amir.get("/board").content.decode()
    assert columns(page) == [
        "New",
        "Offered",
        "Accepted",
        "Under way",
        "Waiting",
        "Back with us",
        "Closed today",
    ]
    assert page.count('<span class="nhsuk-u-visually-hidden">No one</span>') == 7


def test_a_strip_shows_initials_age_clock_and_who_holds_it_and_no_name(place, amir, okoro):
    page = amir.get("/board").content.decode()
    strip = page[page.index("nwd-strip ") if "nwd-strip " in page else page.index('class="nwd-strip') :]
    strip = strip[: strip.index("</article>")]
    assert "A.O." in strip and "y</span>" in strip and "Front door" in strip and "nwd-chip" in strip
    assert "Okoro" not in page and "OKORO" not in page and "Ada" not in page


def test_only_the_clock_and_the_edge_of_a_strip_know_that_it_is_late(place, amir, okoro):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_referral SET due_at = received_at WHERE id = %s", [okoro])
    page = amir.get("/board").content.decode()
    assert "nwd-strip--late" in page
    name = re.search(r'<h3 class="([^"]+)">', page).group(1)
    assert "late" not in name


def test_the_third_team_to_be_asked_is_said_on_the_strip(place, amir):
    from nowrongdoor.journeys import handovers

    handovers.send_back(
        handover_id=place.an_offer(), reason="not_ours", words="", next_team_id=place.teams["Social care"],
        next_handover_id=uuid4(), by=place.priya, at=place.later(), seen=1,
    )  # fmt: skip
    page = amir.get("/board").content.decode()
    assert "2nd handover" in page
    assert "Next: Social care to answer" in page


def test_a_full_column_says_how_many_more_and_where_they_are(place, amir):
    for _ in range(23):
        place.a_referral()
    page = unescape(amir.get("/board").content.decode())
    assert page.count("data-row>") == 20
    more = re.search(r'href="([^"]+)">and 3 more', page).group(1)
    table = amir.get(more).content.decode()
    assert table.count("data-row>") == 23


def test_the_table_goes_on_page_by_page_with_the_filter_kept(place, amir):
    for _ in range(60):
        place.a_referral()
    first = unescape(amir.get("/board/table?need=mental&column=new").content.decode())
    following = re.search(r'rel="next" href="([^"]+)"', first).group(1)
    assert "need=mental" in following and "column=new" in following
    second = amir.get(following).content.decode()
    assert first.count("data-row>") == 50 and second.count("data-row>") == 10
    assert "Back to the first due" in second


def test_the_tiles_lead_to_what_they_count(place, amir, okoro):
    page = unescape(amir.get("/board").content.decode())
    for clock in ("late", "soon", "unowned", "returned"):
        assert f"/board/table?clock={clock}" in page
        assert amir.get(f"/board/table?clock={clock}").status_code == 200


def test_the_board_can_be_narrowed_to_one_agency_and_one_need(place, amir, okoro):
    def strips(query: str) -> int:
        return amir.get(f"/board?{query}").content.decode().count("data-row>")

    assert strips(f"agency={place.amir.agency_id}") == 1
    assert strips(f"agency={place.sam.agency_id}") == 0
    assert strips("need=mental") == 1
    assert strips("need=housing") == 0


def test_the_board_and_the_table_can_be_narrowed_to_one_area(place, amir):
    there = place.a_person(family_name="Okoro", given_names="Ada", postcode="LK4 2AB")
    for person_id in (
        there,
        place.a_person(family_name="Ali", given_names="Bo", postcode="LK41 2AB"),
        place.a_person(family_name="Ek", given_names="Cy", postcode="by the mill"),
        None,
    ):
        place.a_referral(person_id=person_id)
    place.an_offer(referral_id=place.a_referral(person_id=there))
    asked = {
        "/board": 5, "/board/table": 5, "/board?area=LK4": 2, "/board/table?area=LK4": 2,
        "/board?area=LK41": 1, "/board/table?area=LK41&need=mental": 1, "/board?area=lk4%27": 5,
        "/board/table?area=LK4&column=offered": 1,
    }  # fmt: skip
    for path, shown in asked.items():
        page = amir.get(path).content.decode()
        assert page.count("data-row>") == shown, path
        assert re.findall(r'<option value="(LK[^"]*)"', page) == ["LK4", "LK41"]
    assert "/board/table?area=LK4&amp;clock=late" in amir.get("/board?area=LK4").content.decode()


@pytest.mark.parametrize("path", ["/board", "/board/table", "/board/table?column=closed"])
def test_no_choice_of_an_area_tells_where_a_restricted_person_is(place, amir, path):
    ada = place.a_person(family_name="Okoro", given_names="Ada", postcode="LK4 2AB")
    referral_id = place.a_referral(person_id=ada)
    if path.endswith("closed"):
        referrals.close(
            referral_id=referral_id, outcome="help_given", told="All well", told_by="us", by=place.amir,
            at=now(), seen=1,
        )  # fmt: skip
        place.a_referral(person_id=ada)

    def shown(area: str) -> int:
        asked = f"{path}{'&' if '?' in path else '?'}area={area}"
        return amir.get(asked).content.decode().count("data-row>")

    assert (shown("LK4"), shown("LK5"), shown("")) == (1, 0, 1), "the control: nobody restricted her"
    seals.put(
        seal_id=uuid4(), person_id=ada, referral_id=None, contact_id=None, why="in_danger", words="",
        by=place.amir, at=now(),
    )  # fmt: skip
    assert (shown("LK4"), shown("LK5"), shown("")) == (0, 0, 1), "her team finds her, and in no area"


def test_what_was_closed_today_is_narrowed_to_an_area_too(place, amir):
    for name, postcode in (("Okoro", "LK4 2AB"), ("Ali", "LK5 2AB")):
        person_id = place.a_person(family_name=name, given_names="Ada", postcode=postcode)
        referrals.close(
            referral_id=place.a_referral(person_id=person_id), outcome="help_given", told="All well",
            told_by="us", by=place.amir, at=now(), seen=1,
        )  # fmt: skip
    for query, shown in (("", 2), ("&area=LK4", 1), ("&area=LK6", 0)):
        assert amir.get(f"/board/table?column=closed{query}").content.decode().count("data-row>") == shown
        assert amir.get(f"/board?{query}").content.decode().count("data-row>") == shown


@pytest.mark.parametrize(
    "query", ["agency=x&need=y&column=z&clock=w&after=v", "agency=%00", "need=' OR 1=1 --"]
)
def test_what_an_address_cannot_mean_is_left_out(place, amir, okoro, query):
    assert amir.get(f"/board?{query}").status_code == 200
    page = amir.get(f"/board/table?{query}")
    assert page.status_code == 200
    assert page.content.decode().count("data-row>") == 1


def test_the_wall_has_no_name_no_initials_and_nothing_to_press(place, amir, okoro):
    page = amir.get("/board?wall=1").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "A.O." not in main and "Okoro" not in page
    assert "Mental health" in main
    assert "<form" not in main and "<select" not in main


def test_the_wall_reads_itself_again_where_no_scripts_run_and_no_other_page_does(place, amir):
    again = '<noscript><meta http-equiv="refresh" content="60"></noscript>'
    assert again in amir.get("/board?wall=1").content.decode()
    assert "refresh" not in amir.get("/board").content.decode()


def test_the_table_is_the_first_thing_a_screen_reader_is_offered(place, amir, okoro):
    page = amir.get("/board").content.decode()
    main = page[page.index("<main") :]
    assert main.index("Read the board as a table") < main.index("<h1")
    table = amir.get("/board/table").content.decode()
    assert re.search(r'<th scope="row"[^>]*>', table)
    assert re.search(r'<th scope="col"[^>]*>Held by</th>', table)
    assert "<caption" in table


def test_an_empty_board_and_an_empty_choice_say_different_things(place, amir):
    assert "no referral is open" in amir.get("/board/table").content.decode()
    assert "No one fits what you chose." in amir.get("/board/table?need=housing").content.decode()


@pytest.mark.parametrize("path", ["/board", "/board?wall=1", "/board/table", "/board/table?column=closed"])
def test_the_board_is_at_most_eight_statements_whatever_its_size(place, amir, path):
    counts = []
    for how_many in (1, 60):
        for number in range(how_many):
            if number % 2:
                place.an_offer()
            else:
                place.a_referral()
        amir.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert amir.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] <= 8 and counts[1] <= counts[0]


def test_what_was_closed_yesterday_is_not_closed_today(place, amir, monkeypatch):
    from nowrongdoor.journeys import referrals
    from nowrongdoor.nhsuk import wording

    referral_id = place.a_referral()
    referrals.close(
        referral_id=referral_id, outcome="help_given", told="All well", told_by="us", by=place.amir,
        at=place.later(), seen=1,
    )  # fmt: skip
    monkeypatch.setattr(wording, "day_began", lambda at: at - timedelta(hours=12))
    assert "Closed today, 1" in amir.get("/board").content.decode()
    monkeypatch.setattr(wording, "day_began", lambda at: at)
    assert "Closed today, 0" in amir.get("/board").content.decode()


def test_the_day_begins_at_midnight_on_the_wall_clock_summer_and_winter():
    from datetime import UTC, datetime

    from nowrongdoor.nhsuk.wording import day_began

    assert day_began(datetime(2026, 7, 1, 0, 30, tzinfo=UTC)) == datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
    assert day_began(datetime(2026, 12, 1, 0, 30, tzinfo=UTC)) == datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    assert day_began(datetime(2026, 10, 25, 12, 0, tzinfo=UTC)) == datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    assert day_began(now()) <= now()
