"""The list to work from when nothing answers: who is held, what is due, how to reach them."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nowrongdoor.console import packing
from nowrongdoor.console.packing import Packer
from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.embedded import kept_file
from nowrongdoor.journeys import contacts, promises, seals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk import sealed_file, wording
from nowrongdoor.reading import paper
from nowrongdoor.rules import downtime
from nowrongdoor.rules.promise import Promise
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
KEY = "k" * 50
PHONE, HOME = "01632 960 111", "14 Harbour Walk"


@pytest.fixture
def keyed(settings, tmp_path):
    settings.NWD_DOWNTIME_KEY, settings.NWD_DOWNTIME_FOLDER = KEY, str(tmp_path / "packs")
    return tmp_path / "packs"


@pytest.fixture
def held(place):
    """Somebody whom the front door holds and owes a call back, with a number and an address."""
    person_id = place.a_person(family_name="Ali", given_names="Maryam", phone=PHONE, address=HOME)
    referral_id = place.a_referral(person_id=person_id)
    promises.make(
        promise_id=uuid4(), kind="callback", words="Ring her mum", due_at=now() + timedelta(minutes=45),
        contact_id=None, referral_id=referral_id, person_id=person_id, by=place.amir, at=now(),
    )  # fmt: skip
    return person_id, referral_id


def packed(folder: Path, place, team="Front door") -> str:
    """The list in the newest file of a team, opened with its phrase."""
    key = place.teams[team]
    files = sorted(one for one in folder.iterdir() if str(key)[:8] in one.name)
    return sealed_file.opened(files[-1].read_text("utf-8"), phrase=downtime.phrase(KEY, key))


def test_whoever_holds_somebody_finds_on_paper_what_is_due_and_how_to_reach_them(held, amir):
    shown = text(amir.get(reverse("downtime")))
    for words in ("ALI, Maryam", "Ring her mum", "A call back to make", PHONE, HOME, "Front door"):
        assert words in shown, words
    assert "whether it is safe to ring was not asked" in shown, "a number is never alone"


def test_another_teams_paper_does_not_name_them(held, priya):
    assert "Maryam" not in text(priya.get(reverse("downtime")))


def test_each_who_is_on_it_is_on_record_as_looked_at_with_where_they_are(held, amir, place):
    amir.get(reverse("downtime"))
    looks = Look.objects.filter(page="downtime", person_id=held[0])
    assert {one.member_id for one in looks} == {place.amir.member_id}
    assert all("whereabouts" in one.elements for one in looks)


def test_where_a_restricted_person_is_stays_off_paper_and_they_are_still_on_it(held, place, amir):
    seals.put(
        seal_id=uuid4(), person_id=held[0], referral_id=None, contact_id=None, why="asked",
        words="Her brother looks for her", by=place.amir, at=now(),
    )  # fmt: skip
    shown = text(amir.get(reverse("downtime")))
    assert "ALI, Maryam" in shown and "A call back to make" in shown
    assert PHONE not in shown and HOME not in shown and "Ring her mum" not in shown
    assert "Restricted: where they are and their number are on no paper" in shown


def test_however_much_is_due_it_takes_the_same_number_of_statements(held, place, amir):
    def asked() -> int:
        with CaptureQueriesContext(connection) as statements:
            amir.get(reverse("downtime"))
        return len(statements)

    few = asked()
    for number in range(5):
        place.a_referral(person_id=place.a_person(family_name=f"Of{number}", given_names="Many"))
    assert asked() == few


def test_every_team_has_its_file_which_tells_nothing_until_its_own_phrase_is_typed(held, keyed, place):
    Packer(keyed, KEY).round()
    (of_front,) = (one for one in keyed.iterdir() if str(place.teams["Front door"])[:8] in one.name)
    locked = of_front.read_text("utf-8")
    for words in ("Maryam", "Ring her mum", PHONE, HOME, KEY):
        assert words not in locked, words
    page = packed(keyed, place)
    assert "ALI, Maryam" in page and PHONE in page
    with pytest.raises(sealed_file.DoesNotOpen):
        sealed_file.opened(locked, phrase=downtime.phrase(KEY, place.teams["Crisis team"]))
    with pytest.raises(sealed_file.DoesNotOpen):
        changed = locked.replace('"body": "', '"body": "AAAA')
        sealed_file.opened(changed, phrase=downtime.phrase(KEY, place.teams["Front door"]))
    assert {one.stat().st_mode & 0o777 for one in keyed.iterdir()} == {0o600}


def test_a_phrase_opens_as_people_type_it(held, keyed, place):
    Packer(keyed, KEY).round()
    (file,) = (one for one in keyed.iterdir() if str(place.teams["Front door"])[:8] in one.name)
    said = downtime.phrase(KEY, place.teams["Front door"]).lower().replace("-", " ").replace("o", "0")
    assert "Maryam" in sealed_file.opened(file.read_text("utf-8"), phrase=said)


def test_a_pack_that_is_new_enough_stands_and_one_look_is_one_look(held, keyed, place, monkeypatch):
    packer, began = Packer(keyed, KEY), now()
    packer.round()
    first = packer.written
    looks = Look.objects.filter(page="downtime_file").count()
    packer.round()
    assert packer.written == first
    monkeypatch.setattr(packing, "now", lambda: began + timedelta(minutes=16))
    packer.round()
    assert packer.written == 2 * first
    assert Look.objects.filter(page="downtime_file").count() == looks > 0


def test_old_packs_go_and_the_latest_of_a_team_stays_however_old(held, keyed, place, monkeypatch):
    packer, began = Packer(keyed, KEY), now()
    packer.round()
    monkeypatch.setattr(packing, "now", lambda: began + timedelta(days=3))
    with monkeypatch.context() as failing:
        failing.setattr(downtime, "is_due", lambda names, *, at: False)
        packer.round()
        assert len(list(keyed.iterdir())) == packer.written, "nothing newer came, so all stay"
    packer.round()
    assert len(list(keyed.iterdir())) == packer.written / 2, "the newer ones came, and the old ones went"


def test_one_team_that_cannot_be_packed_keeps_no_other_from_its_pack_and_is_named(
    held, keyed, place, monkeypatch
):
    said: list[str] = []
    packer, began = Packer(keyed, KEY, say=said.append), now()
    assert packer.try_round() is False and not said
    monkeypatch.setattr(packing, "now", lambda: began + timedelta(days=3))
    pack = packer.pack

    def fails_for_one(team, *, at):
        if team.name == "Front door":
            raise OSError(28, "No space left on device", "/srv/maryam-ali")
        return pack(team, at=at)

    monkeypatch.setattr(packer, "pack", fails_for_one)
    first = packer.written
    packer.try_round()
    assert packer.written == 2 * first - 1, "the others have a newer one"
    assert len(list(keyed.iterdir())) == first, "and the older ones of the others went"
    assert said == [
        "The downtime pack of Front door could not be written (OSError: No space left on device)."
        " Trying again."
    ]


def test_a_file_is_there_whole_or_not_at_all(keyed, monkeypatch):
    keyed.mkdir()
    kept = keyed / "front-door-00000000-20261128T120000Z.html"
    kept_file.write_whole(kept, "before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        kept_file.write_whole(kept, "after")
    assert [(one.name, one.read_text()) for one in keyed.iterdir()] == [(kept.name, "before")]


def test_who_is_in_a_file_is_on_record_before_it_is_there(held, keyed, place, monkeypatch):
    monkeypatch.setattr(kept_file, "write_whole", lambda path, text: None)
    Packer(keyed, KEY).round()
    (look,) = Look.objects.filter(page="downtime_file", person_id=held[0]).distinct("member_id")
    assert (look.member_name, look.team_name) == ("Downtime pack", "Front door")
    assert "whereabouts" in look.elements and isinstance(look.member_id, UUID)


def test_a_locked_file_of_now_can_be_kept_from_the_page(held, keyed, amir, place):
    answer = amir.get(reverse("downtime_file"))
    assert answer["Content-Disposition"].startswith('attachment; filename="front-door-')
    assert answer["Cache-Control"] == "no-store"
    phrase = downtime.phrase(KEY, place.teams["Front door"])
    page = sealed_file.opened(answer.content.decode(), phrase=phrase)
    assert "ALI, Maryam" in page
    assert Look.objects.filter(page="downtime_file", person_id=held[0]).exists()


def test_only_a_lead_is_told_the_phrase_and_no_key_is_no_file(held, place, amir, settings, keyed):
    phrase = downtime.phrase(KEY, place.teams["Front door"])
    assert phrase not in text(amir.get(reverse("downtime")))
    settings.NWD_DOWNTIME_KEY = settings.NWD_DOWNTIME_FOLDER = ""
    assert amir.get(reverse("downtime_file")).status_code == 404
    assert "No key is set" in text(amir.get(reverse("downtime")))
    with pytest.raises(CommandError, match="NWD_DOWNTIME_FOLDER"):
        call_command("pack")


def test_a_pack_is_opened_without_a_browser_by_a_command(held, keyed, place, monkeypatch, tmp_path):
    call_command("pack")
    (file,) = (one for one in keyed.iterdir() if str(place.teams["Front door"])[:8] in one.name)
    phrase = downtime.phrase(KEY, place.teams["Front door"])
    monkeypatch.setattr("getpass.getpass", lambda asked: phrase)
    call_command("open_pack", file, to=tmp_path / "list.html")
    document = (tmp_path / "list.html").read_text("utf-8")
    assert "ALI, Maryam" in document and '<meta charset="utf-8">' in document
    assert (tmp_path / "list.html").stat().st_mode & 0o777 == 0o600, "it holds what was locked"
    monkeypatch.setattr("getpass.getpass", lambda asked: "another")
    with pytest.raises(CommandError, match="does not open it"):
        call_command("open_pack", file)


# --- afterwards: keyed in from paper


def line(amir, held, **asked) -> str:
    (clock,) = (one for one in store.find(CLOCKS, person_id=held[0]) if one.kind == "callback")
    return text(amir.get(reverse("downtime_paper"), {"code": downtime.code(clock.id), **asked}))


def owed(held) -> Promise:
    (one,) = store.find(PROMISES, person_id=held[0])
    return one


def on_the_wall(minutes: int) -> tuple[str, datetime]:
    """A time on the wall some minutes ago, as it is typed, and the instant it is."""
    at = (now() - timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    return wording.local_time(at), at


def test_what_was_done_on_paper_is_recorded_with_the_time_it_was_done(place, amir):
    person_id, made_at = place.a_person(), now() - timedelta(minutes=40)
    promises.make(
        promise_id=uuid4(), kind="callback", words="Ring her mum", due_at=made_at + timedelta(minutes=20),
        contact_id=None, referral_id=place.a_referral(person_id=person_id), person_id=person_id,
        by=place.amir, at=made_at,
    )  # fmt: skip
    (one,) = store.find(PROMISES, person_id=person_id)
    said, instant = on_the_wall(30)
    answer = fill(amir, reverse("promise_keep", args=[one.id]), words="She is well.", happened_time=said)
    assert answer.status_code == 302
    (kept,) = store.find(PROMISES, person_id=person_id)
    assert (kept.state, kept.ended_at) == ("kept", instant) and kept.ended_at < kept.due_at
    entry = Entry.objects.filter(subject_id=one.id).latest("recorded_at")
    assert entry.recorded_at - instant > timedelta(minutes=25), "when we were told is kept beside it"


def test_a_time_that_cannot_be_is_asked_about_and_what_was_typed_stays(held, amir):
    url = reverse("promise_keep", args=[owed(held).id])
    before, _ = on_the_wall(60 * 3)
    answer = fill(amir, url, words="She is well.", happened_time=before)
    assert answer.status_code == 422
    assert "That is before it was promised" in text(answer) and "She is well." in text(answer)
    answer = fill(amir, url, words="She is well.", happened_time="half two")
    assert answer.status_code == 422 and "Write the time like" in text(answer)
    assert owed(held).state == "open"


def test_a_contact_that_was_taken_on_paper_began_when_it_was(place, amir):
    said, instant = on_the_wall(50)
    words = "The lights have gone out and her oxygen with them."
    answer = fill(amir, reverse("contact_new"), words=words, outcome="advice_given", happened_time=said)
    assert answer.status_code == 302
    (contact,) = store.find(CONTACTS, words=words)
    assert contact.happened_at == instant and contact.received_at > instant


def test_a_line_is_found_by_its_code_beside_what_was_recorded_meanwhile(held, amir, priya):
    made, _ = on_the_wall(5)
    shown = line(amir, held, happened_time=made)
    assert "ALI, Maryam" in shown and "Say it is done, with its time" in shown
    fill(amir, reverse("promise_keep", args=[owed(held).id]), words="Lou rang her.")
    shown = line(amir, held, happened_time=made)
    assert "Amir of Front door recorded that this was done" in shown
    assert "This is no longer waited for" in shown and "Say it is done" not in shown
    assert "No line of this team has this code" in line(priya, held), "another team's paper is not ours"
    assert Look.objects.filter(page="downtime_paper", person_id=held[0]).exists()


def test_what_became_of_a_contact_is_beside_its_line(place, amir):
    made_at = now() - timedelta(minutes=5)
    contact_id, callback_id = stories.a_call_owed(place)
    promises.keep(promise_id=callback_id, words="Rang her.", by=place.amir, at=now(), seen=1)
    ended = {"outcome": "advice_given", "words": "She is well.", "by": place.amir, "at": now(), "seen": 1}
    contacts.close(contact_id=contact_id, **ended)
    (found,) = paper.by_code(downtime.code(callback_id), viewer=place.amir, made_at=made_at, at=now())
    assert [one.kind for one in found.since][-2:] == ["promise.kept", "contact.closed"]
    shown = text(amir.get(reverse("downtime_paper"), {"code": downtime.code(callback_id)}))
    assert "Amir of Front door closed this contact" in shown


def test_whoever_may_not_know_of_somebody_any_more_does_not_find_them_by_an_old_pack(
    held, place, monkeypatch
):
    (clock,) = (one for one in store.find(CLOCKS, person_id=held[0]) if one.kind == "callback")
    asked = {"code": downtime.code(clock.id), "viewer": place.amir, "made_at": now(), "at": now()}
    assert [one.id for one in paper.by_code(**asked)] == [clock.id]
    of = []
    monkeypatch.setattr(paper.standing, "may_know", lambda what, key, **_: of.append((what, key)))
    assert paper.by_code(**asked) == [] and of == [("clock", clock.id)]


def test_who_keys_in_what_a_colleague_has_recorded_sees_both_and_writes_over_nothing(held, amir):
    url = reverse("promise_keep", args=[owed(held).id])
    opened = fields(amir.get(url))
    fill(amir, url, words="Lou rang her at two.")
    answer = sent(amir, url, {**opened, "words": "Nobody answered at one."})
    assert answer.status_code == 409
    assert "recorded that this was done" in text(answer) and "Nobody answered at one." in text(answer)
    assert owed(held).ending_words == "Lou rang her at two."
