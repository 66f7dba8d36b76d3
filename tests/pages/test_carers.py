"""A carer reads what the person lets them read, and nothing else; taken back, nothing from that instant."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from nowrongdoor.data.sharing.facts import PERMISSIONS
from nowrongdoor.journeys import permissions
from nowrongdoor.kernel import store
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from tests.pages.sending import fields, fill, sent, text
from tests.pages.test_own_record import THIRD, rang, reads_own, sealed
from tests.worlds import stories

pytestmark = pytest.mark.django_db
ALL = ("answerable", "identity", "own_words", "response")
WORDS = "CANARY-MARYAMS-OWN-WORDS"


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    rang(place, person_id, kind="person", words=WORDS, callback_number="01632 960114")
    rang(place, person_id, kind="carer", words=THIRD)
    return person_id


def permitted(place, person_id, *elements, until_at=None):
    key = uuid4()
    permissions.give(
        permission_id=key,
        person_id=person_id,
        carer_name="Rosa Ali",
        carer_is="Sister",
        elements=elements or ALL,
        how="told_us",
        words="She may read it.",
        until_at=until_at,
        by=place.amir,
        at=place.later(),
    )
    return key


def carer(permission_id):
    client = Client()
    session = client.session
    session["carer"] = str(permission_id)
    session["seen_at"] = now().isoformat()
    session.save()
    return client


def taken_back(place, key):
    permissions.withdraw(permission_id=key, words="No more.", by=place.amir, at=place.later(), seen=1)


# --- the carer ----------------------------------------------------------------------------------------------


def test_a_carer_reads_who_holds_them_what_is_promised_who_they_are_and_what_they_said(place, maryam):
    said = text(carer(permitted(place, maryam)).get("/my-record"))
    assert "Held by Front door, Averley" in said and "Ring 01632 960001" in said
    assert "Ring them back. This was due by" in said
    assert "Maryam Ali" in said and "999 000 0018" in said and WORDS in said


def test_a_carer_never_reads_where_they_live_who_looked_what_others_said_nor_names_of_staff(
    place, amir, maryam
):
    amir.get(reverse("person", args=[maryam]))
    page = text(carer(permitted(place, maryam)).get("/my-record"))
    for words in ("Saltmarsh", "960114", THIRD, "Amir", "Who looked", "Dog at address"):
        assert words not in page, words


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("answerable", "Held by Front door"),
        ("response", "Ring them back"),
        ("identity", "999 000 0018"),
        ("own_words", WORDS),
    ],
)
def test_of_four_things_a_carer_reads_only_the_one_that_was_permitted(place, maryam, element, words):
    alone = text(carer(permitted(place, maryam, element)).get("/my-record"))
    assert words in alone
    rest = text(carer(permitted(place, maryam, *set(ALL) - {element})).get("/my-record"))
    assert words not in rest


def test_taken_back_the_carer_reads_nothing_from_that_instant(place, maryam):
    key = permitted(place, maryam)
    client = carer(key)
    assert client.get("/my-record").status_code == 200
    taken_back(place, key)
    answer = client.get("/my-record")
    assert answer.status_code == 303 and not answer.content


def test_after_the_day_the_person_named_the_carer_reads_nothing(place, maryam):
    key = permitted(place, maryam, until_at=now() + timedelta(hours=1))
    client = carer(key)
    assert client.get("/my-record").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sharing_permission SET until_at = now() - interval '1 minute'")
    assert client.get("/my-record").status_code == 303


def test_while_the_whole_record_is_sealed_no_carer_reads_it_and_its_person_does(place, maryam):
    client = carer(permitted(place, maryam))
    sealed(place, "asked", person_id=maryam)
    assert client.get("/my-record").status_code == 303
    assert reads_own(maryam).get("/my-record").status_code == 200


def test_what_is_sealed_for_whatever_reason_no_carer_reads(place, maryam):
    client = carer(permitted(place, maryam))
    referral_id = place.a_referral(person_id=maryam)
    assert text(client.get("/my-record")).count("Held by Front door") == 2
    sealed(place, "asked", referral_id=referral_id)
    assert text(client.get("/my-record")).count("Held by Front door") == 1


def test_a_carers_look_is_recorded_and_the_person_is_told_the_carers_name(place, maryam):
    carer(permitted(place, maryam)).get("/my-record")
    look = Look.objects.get(person_id=maryam, relationship="carer")
    assert (look.role, look.purpose, look.member_id, look.team_id) == ("carer", "carer", None, None)
    assert sorted(look.elements) == sorted(ALL)
    said = text(reads_own(maryam).get("/my-record/looks"))
    assert "Rosa Ali" in said and "You let them read it" in said


def test_to_a_carer_no_list_of_looks_and_no_page_of_staff_is_there(place, maryam):
    client = carer(permitted(place, maryam))
    for url in ("/my-record/looks", "/", reverse("person", args=[maryam]), "/board"):
        assert client.get(url).status_code == 404, url


def test_the_person_reads_whom_they_let_read_and_what(place, maryam):
    key = permitted(place, maryam, "answerable")
    said = text(reads_own(maryam).get("/my-record"))
    assert "Rosa Ali (sister)" in said and "They may read: who holds them, and the number to ring." in said
    taken_back(place, key)
    assert "You let nobody else read your record here." in text(reads_own(maryam).get("/my-record"))


def test_in_a_demonstration_there_is_a_carer_to_be_until_it_is_taken_back(place, maryam, settings):
    settings.NWD_DEMO = True
    key = permitted(place, maryam)
    client = Client()
    assert "A carer, with the person’s permission Rosa Ali" in text(client.get("/sign-in"))
    assert client.post("/sign-in", {"carer": str(key)}).url == "/my-record"
    taken_back(place, key)
    assert "Rosa Ali" not in text(client.get("/sign-in"))
    assert client.post("/sign-in", {"carer": str(key)}).status_code == 404


def test_a_key_cannot_be_of_a_person_and_of_a_carer(place, maryam):
    key = permitted(place, maryam)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_account (id, person_id, permission_id, name, password, is_active,"
            " link_digest) VALUES (gen_random_uuid(), %s, %s, 'x', '', true, '')",
            [maryam, key],
        )


# --- whoever writes it down ---------------------------------------------------------------------------------


def test_it_is_written_down_with_how_the_person_put_it_and_stands_in_their_story(amir, place, maryam):
    url = reverse("person_permit", args=[maryam])
    assert "Ask the person alone" in text(amir.get(url))
    answer = fill(
        amir, url, carer_name="Rosa Ali", carer_is="Sister", elements=["answerable"], how="told_us",
        words="Rosa may read who is coming.",
    )  # fmt: skip
    assert answer.status_code == 302, text(answer)
    assert "Rosa Ali (sister)" in text(amir.get(answer.url))
    story = text(amir.get(reverse("person_timeline", args=[maryam])))
    assert "The person lets Rosa Ali read some of their record" in story
    (given,) = store.find(PERMISSIONS, person_id=maryam)
    assert given.elements == ("answerable",) and given.until_at is None


def test_the_day_that_was_named_counts_to_its_end(amir, maryam):
    url = reverse("person_permit", args=[maryam])
    filled = {"carer_name": "R", "elements": ["answerable"], "how": "wrote", "words": "Till then."}
    day = {"until_on_day": "24", "until_on_month": "12", "until_on_year": "2099"}
    names = [name for name in fields(amir.get(url)) if name.startswith("until_on")]
    assert fill(amir, url, **filled, **dict(zip(names, day.values(), strict=True))).status_code == 302
    assert store.find(PERMISSIONS, person_id=maryam)[0].until_at.isoformat() == "2099-12-25T00:00:00+00:00"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"carer_name": ""}, "who may read it"),
        ({"elements": ["story"]}, "Choose from the answers shown"),
        ({"elements": []}, "Choose what they may read"),
        ({"how": "x"}, "Choose one of the answers shown"),
        ({"year": "2020"}, "That day is over already"),
        ({"year": "9999"}, "Leave this empty if it has no end"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(amir, maryam, changed, words):
    url = reverse("person_permit", args=[maryam])
    page = fields(amir.get(url))
    day, month, year = (name for name in page if name.startswith("until_on"))
    filled = {"carer_name": "R", "elements": ["answerable"], "how": "wrote", "words": "CANARY-TYPED"}
    if "year" in changed:
        filled |= {day: "24", month: "12", year: changed["year"]}
    else:
        filled |= changed
    answer = sent(amir, url, page, **filled)
    assert answer.status_code == 422
    assert words.lower() in text(answer).lower() and "CANARY-TYPED" in text(answer)


def test_sent_twice_it_is_recorded_once(amir, maryam):
    url = reverse("person_permit", args=[maryam])
    page = fields(amir.get(url))
    filled = {"carer_name": "R", "elements": ["answerable"], "how": "wrote", "words": "Yes."}
    for _ in range(2):
        assert sent(amir, url, page, **filled).status_code == 302
    assert len(store.find(PERMISSIONS, person_id=maryam)) == 1


def test_it_is_taken_back_on_a_page_and_two_who_do_so_at_once_are_told(amir, place, maryam):
    key = permitted(place, maryam)
    url = reverse("permission_withdraw", args=[maryam, key])
    page = fields(amir.get(url))
    assert sent(amir, url, page, words="She rang to say no.").status_code == 302
    again = sent(amir, url, page, words="And again.")
    assert again.status_code == 409 and "And again." in text(again)
    assert "No longer 1" in text(amir.get(reverse("person_carers", args=[maryam])))


def test_a_permission_of_somebody_else_is_not_taken_back_from_here(amir, place, maryam):
    key = permitted(place, maryam)
    other = stories.maryam(place, family_name="Pugh", nhs_number="")
    place.a_referral(person_id=other)
    theirs = amir.get(reverse("permission_withdraw", args=[other, key]))
    nobodys = amir.get(reverse("permission_withdraw", args=[other, uuid4()]))
    assert theirs.status_code == nobodys.status_code == 404


def test_whoever_has_no_part_finds_no_list_of_carers(sam, place, maryam):
    permitted(place, maryam)
    assert sam.get(reverse("person_carers", args=[maryam])).status_code == 404
