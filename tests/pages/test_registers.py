"""A partner's register: read, put before the steward beside our records, decided, and undone."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from nowrongdoor.console.registering import Counts, Job
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.data.registers.models import RegisterLink, RegisterReading
from nowrongdoor.journeys import agencies, registers
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.linkage import extract_map
from nowrongdoor.linkage.extract import Extract
from nowrongdoor.linkage.reading import CannotRead
from nowrongdoor.linkage.register import Weighed
from nowrongdoor.reading import registers as reading
from nowrongdoor.rules import finding
from nowrongdoor.rules.agency import Member, Membership
from tests.journeys import merging
from tests.journeys import registering as scenes
from tests.journeys.acts import lead
from tests.pages.sending import fields, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
LIST = "/duplicates/registers"
MAP = "dates,yyyy-mm-dd | dd/mm/yyyy\n"
MAP += "id,Ref\ngiven,First\nfamily,Last\nborn,DOB\nphone,Tel\npostcode,Postcode\n"
HEADING = "Ref,First,Last,DOB,Tel,Postcode\n"
MARYAM = "SC-1,Mariam,Ali,1984-03-07,01632 960114,ZZ7 2AB\n"
ROWS = MARYAM + (
    "SC-2,Tom,Rees,31/02/1990,01632 960200,ZZ1 1AA\n"
    "SC-3,Delroy,Brown,1961-05-05,01632 960300,ZZ3 3CC\n"
    "SC-1,Mariam,Ali,1984-03-07,01632 960114,ZZ7 2AB\n"
    "SC-4,Kofi,Mensah,1990-01-02,01632 960400,ZZ4 4DD\n"
)
SAME = {"born_on": date(1984, 3, 7), "postcode": "ZZ7 2AB", "phone": "01632 960114"}


class EveryPair:
    """Stands in for Splink, which pairs what shares a key: here everybody is paired with everybody."""

    def __init__(self, model):
        self.model = model
        self.known = [(str(one.id), way) for one in reading.everybody() for way in finding.every_way(one)]

    def weigh(self, entries):
        pairs = [(at, *known) for at in range(len(entries)) for known in self.known]
        bits = [self.model.score(entries[at], way).bits for at, _, way in pairs]
        records = [record for _, record, _ in pairs]
        if pairs:
            yield Weighed(np.array([at for at, *_ in pairs]), records, np.array(bits))


@pytest.fixture
def steward(place):
    """Works at social care, in nobody's care."""
    member = Member(uuid4(), "Steph Quill", "Records steward", "")
    works = Membership(uuid4(), member.id, place.sam.team_id, "data_steward", SINCE, None)
    agencies.enter(facts=[member, works], by=lead(place, "Social care"), at=place.later())
    return replace(place.sam, member_id=member.id, member_name=member.name, role="data_steward")


@pytest.fixture
def people(place):
    maryam = place.a_person(given_names="Maryam", family_name="Ali", **SAME)
    kofi = place.a_person(
        given_names="Kofi", family_name="Mensah", born_on=date(1990, 1, 2), phone="01632 960400"
    )
    return maryam, kofi


@pytest.fixture
def run(place, steward, tmp_path):
    """Reads a file of social care's register; `stop` breaks off when so many batches are done."""
    (tmp_path / "map.csv").write_text(MAP)

    def of(
        rows: str = ROWS, *, stop: int | None = None, is_dry: bool = False
    ) -> tuple[Counts, list[list[str]]]:
        path = tmp_path / "register.csv"
        path.write_text(HEADING + rows)
        report = io.StringIO()
        extract = Extract(path, extract_map.read(tmp_path / "map.csv"))
        at = place.later()
        job = Job(extract, steward.agency_id, steward, at, report, is_dry=is_dry, at_once=2)
        beside = EveryPair(reading.model(at=at))
        done: list[Counts] = []

        def tell(counts: Counts) -> None:
            done.append(counts)
            if len(done) == stop:
                raise KeyboardInterrupt

        try:
            job.run(beside, tell=tell)
        except KeyboardInterrupt:
            assert stop is not None
        return job.counts, list(csv.reader(report.getvalue().splitlines()))

    return of


def entry_of(person_id: UUID) -> RegisterLink:
    return RegisterLink.objects.get(person_id=person_id)


def test_good_rows_are_proposed_and_each_other_is_told_by_row_column_and_reason(run, people):
    counts, report = run()
    maryam, kofi = people
    assert (counts.rows, counts.refused, counts.alone) == (5, 2, 1)
    assert report == [
        ["row", "column", "why"],
        ["3", "DOB", "There is no such day."],
        ["5", "Ref", "The same as row 2."],
    ]
    assert entry_of(maryam).state == entry_of(kofi).state == "proposed"
    assert "surname" in entry_of(maryam).evidence and "first name" in entry_of(maryam).evidence
    assert PersonRow.objects.get(pk=maryam).other_numbers == ""


def test_a_reading_that_was_stopped_goes_on_where_it_was(run, people):
    _, kofi = people
    run(stop=1)
    assert RegisterReading.objects.get().batches == 1 and not RegisterLink.objects.filter(person_id=kofi)
    again, report = run()
    assert again.went_on_from == 1 and len(report) == 3
    read = RegisterReading.objects.get()
    assert (read.batches, read.rows, read.refused, read.alone) == (3, 5, 2, 1)
    assert read.proposed + read.to_look_at == RegisterLink.objects.count() == 2
    assert read.ended_at is not None and entry_of(kofi).number == "SC-4"


def test_a_dry_run_writes_nothing(run, people):
    counts, _ = run(is_dry=True)
    assert counts.proposed + counts.to_look_at == 2
    assert not RegisterLink.objects.exists() and not RegisterReading.objects.exists()


def test_a_file_that_is_no_such_table_begins_no_reading(run, people, tmp_path):
    (tmp_path / "map.csv").write_text(MAP.replace("DOB", "Born"))
    with pytest.raises(CannotRead, match="no column Born"):
        run()
    assert not RegisterReading.objects.exists()


def test_of_a_restricted_person_no_register_tells(run, place, people):
    maryam, _ = people
    place.a_referral(person_id=maryam)
    merging.restricted(place, maryam)
    counts, _ = run()
    assert not RegisterLink.objects.filter(person_id=maryam).exists() and counts.alone == 2


def decides(client, key, act, **typed):
    page, url = reverse("register_entry", args=[key]), reverse(f"register_{act}", args=[key])
    return sent(client, url, fields(client.get(page), action=url) | typed)


def test_the_steward_sees_both_links_and_may_undo_it_exactly(steward, run, people):
    maryam, _ = people
    run()
    before = PersonRow.objects.values().get(pk=maryam)
    key, client = entry_of(maryam).id, stories.browser(steward)
    assert "ALI, Mariam" in text(client.get(LIST))
    said = text(client.get(reverse("register_entry", args=[key])))
    assert "SC-1" in said and "Maryam" in said and "same date of birth" in said
    assert Look.objects.filter(page="register_entry", person_id=maryam, relationship="comparing").exists()
    answer = decides(client, key, "link", **{"linked-words": scenes.KNEW})
    assert answer.status_code == 302 and answer.url == LIST
    assert PersonRow.objects.get(pk=maryam).other_numbers == "SC-1"
    known = RegisterLink.objects.get(pk=key)
    assert (known.state, known.words, known.decided_by_id) == ("linked", scenes.KNEW, steward.member_id)
    assert decides(client, key, "unlink", **{"parted-words": "They are sisters."}).status_code == 302
    after = PersonRow.objects.values().get(pk=maryam)
    assert after | {"version": before["version"]} == before


def test_what_is_linked_is_not_asked_about_again_nor_what_was_kept_apart(steward, run, people):
    maryam, kofi = people
    run()
    client = stories.browser(steward)
    decides(client, entry_of(maryam).id, "link", **{"linked-words": scenes.KNEW})
    decides(client, entry_of(kofi).id, "apart", **{"parted-words": "A cousin of that name."})
    counts, _ = run(ROWS + "SC-9,Nia,Pugh,1950-01-01,01632 960900,ZZ9 9ZZ\n")
    assert (counts.known, counts.asked_before, counts.proposed + counts.to_look_at) == (1, 1, 0)
    assert "No entry of a register waits for a decision" in text(client.get(LIST))


def test_without_how_it_is_known_nothing_is_decided(steward, run, people):
    run()
    key, client = entry_of(people[0]).id, stories.browser(steward)
    answer = decides(client, key, "link")
    assert answer.status_code == 422 and "Enter how you know that it is this person" in text(answer)
    assert RegisterLink.objects.get(pk=key).state == "proposed"


def test_whoever_decides_second_is_told_and_keeps_what_they_typed(steward, place, run, people):
    run()
    key, client = entry_of(people[0]).id, stories.browser(steward)
    url = reverse("register_link", args=[key])
    form = fields(client.get(reverse("register_entry", args=[key])), action=url)
    apart = {"link_id": key, "words": "Twins.", "by": lead(place, "Front door"), "seen": 1}
    registers.keep_apart(**apart, at=place.later())
    answer = sent(client, url, form | {"linked-words": "The same."})
    assert answer.status_code == 409 and "decided that these are two people" in text(answer)
    assert "The same." in text(answer)


def test_a_restricted_person_is_on_no_list_and_behind_no_address(steward, place, run, people):
    run()
    maryam, _ = people
    place.a_referral(person_id=maryam)
    merging.restricted(place, maryam)
    client = stories.browser(steward)
    assert "Mariam" not in text(client.get(LIST))
    assert client.get(reverse("register_entry", args=[entry_of(maryam).id])).status_code == 404
    assert reading.quality()[0].waiting == 1


def test_quality_counts_rows_refused_linked_waiting_and_those_that_contradict(steward, place, run, people):
    run()
    maryam, _ = people
    client = stories.browser(steward)
    decides(client, entry_of(maryam).id, "link", **{"linked-words": scenes.KNEW})
    (told,) = reading.quality()
    assert (told.rows, told.refused, told.linked, told.waiting, told.conflicting) == (5, 2, 1, 1, 0)
    run("SC-7,Mariam,Ali,1984-03-07,01632 960114,ZZ7 2AB\n")
    second = RegisterLink.objects.get(person_id=maryam, number="SC-7").id
    decides(client, second, "link", **{"linked-words": "They know her twice."})
    assert reading.quality()[0].conflicting == 2
    said = text(client.get("/duplicates/quality"))
    assert steward.agency_name in said and "Contradict a record" in said


def test_whoever_is_no_steward_finds_no_list(amir, run, people):
    run()
    key = entry_of(people[0]).id
    assert amir.get(LIST).status_code == 403
    assert amir.get(reverse("register_entry", args=[key])).status_code == 403


def test_the_command_says_what_came_of_it(steward, people, tmp_path, capsys):
    (tmp_path / "map.csv").write_text(MAP)
    (tmp_path / "register.csv").write_text(HEADING + ROWS)
    asked = {"map": tmp_path / "map.csv", "agency": steward.agency_name}
    call_command("link_register", tmp_path / "register.csv", **asked)
    said = capsys.readouterr()
    assert "5 rows: 2 refused, 0 linked already, 1 like nobody here." in said.out
    assert "100%" in said.err and (tmp_path / "register.csv.refused.csv").exists()
    with pytest.raises(CommandError, match="There is no agency Nowhere here"):
        call_command("link_register", tmp_path / "register.csv", **asked | {"agency": "Nowhere"})
    with pytest.raises(CommandError, match="There is no file"):
        call_command("link_register", tmp_path / "nothing.csv", **asked)


def test_the_command_says_what_a_cluster_needs(steward, people, tmp_path, monkeypatch):
    (tmp_path / "map.csv").write_text(MAP)
    (tmp_path / "register.csv").write_text(HEADING + ROWS)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    asked = {"map": tmp_path / "map.csv", "agency": steward.agency_name, "spark": "spark://nowhere:7077"}
    with pytest.raises(CommandError, match="pyspark, in the version of the cluster"):
        call_command("link_register", tmp_path / "register.csv", **asked)
    assert not RegisterLink.objects.exists()
