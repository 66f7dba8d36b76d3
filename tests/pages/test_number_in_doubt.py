"""
The NHS number of a restricted person is answered as one that nobody has: a refusal would tell whoever asks
that such a person is known here. Which of two records it belongs to, those who restricted one find out.
"""

import re
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor.console.prove.seeing.asking import Answer, undone
from nowrongdoor.data.people.models import Person
from nowrongdoor.data.sharing.models import Review
from nowrongdoor.journeys import people, seals
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.person import Details
from tests.journeys import looking
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
THEIRS, NOBODYS = stories.NHS_NUMBER, "9990000034"
REGISTER = "/people/register"
TAKEN = "Maryam Ali is already registered with this NHS number"


@pytest.fixture(autouse=True)
def one_instant(monkeypatch):
    """Every page tells of the same time."""
    at = now()
    monkeypatch.setattr("nowrongdoor.site.doors.now", lambda: at)


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


@pytest.fixture
def restricted(place, maryam):
    seals.put(
        seal_id=uuid4(), person_id=maryam, referral_id=None, contact_id=None, why="in_danger", words="",
        by=taking_part(place, maryam), at=place.later(),
    )  # fmt: skip
    return maryam


@pytest.fixture
def sam(place):
    return stories.browser(place.sam)


def taking_part(place, person_id):
    place.a_referral(person_id=person_id)
    return place.amir


def look(client, **asked):
    return fill(client, "/people", form="search", **asked)


def registered_by(place, by, **details):
    key = uuid4()
    people.register(person_id=key, details=Details(**details), looked_at=[], by=by, at=place.later())
    return key


def spaced(number):
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def registered_with(client, number):
    """Somebody new, registered with this number, and all that whoever registered them is shown of it."""
    found = look(client, name="Gwen Arall", nhs_number=number)
    begun = sent(client, REGISTER, fields(found, action=REGISTER))
    known = fields(begun, action=REGISTER)
    answer = sent(client, REGISTER, known)
    pages = [begun, answer]
    if answer.status_code == 302:
        pages += [client.get(f"{answer.url}{tab}") for tab in ("", "/timeline")]
        pages += [fill(client, "/people", form="search", nhs_number=number), sent(client, REGISTER, known)]
    return answer, [alike(one, number) for one in pages]


def alike(answer, number):
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(answer.items()) if name == "Location")
    body = Answer(answer.status_code, headers, answer.content.decode(), "", False)
    return body.alike((number, spaced(number)))


def test_the_number_of_a_restricted_person_is_answered_to_the_letter_as_one_that_nobody_has(sam, restricted):
    said, doubted = [], []
    for number in (THEIRS, NOBODYS):
        with undone():
            answer, pages = registered_with(sam, number)
            assert answer.status_code == 302 and len(pages) == 6
            said.append(pages)
            doubted += Person.objects.exclude(pk=restricted).values_list("number_in_doubt", flat=True)
    assert said[0] == said[1]
    assert doubted == [True, False]


def test_control_a_number_of_somebody_who_is_not_restricted_is_refused_by_name(sam, maryam):
    answer, _ = registered_with(sam, THEIRS)
    assert answer.status_code == 409 and TAKEN in text(answer)


def test_whoever_takes_part_in_the_care_of_a_restricted_person_is_told_whose_number_it_is(place, restricted):
    answer, _ = registered_with(stories.browser(place.amir), THEIRS)
    assert answer.status_code == 409 and TAKEN in text(answer)


def test_correcting_with_their_number_is_answered_as_with_nobodys_and_looked_into_once(place, restricted):
    said = []
    for number, born in ((THEIRS, 1), (NOBODYS, 2)):
        key = registered_by(place, place.sam, family_name="Arall", given_names=f"G{born}")
        client = stories.browser(place.sam)
        url = reverse("person_correct", args=[key])
        answer = fill(client, url, nhs_number=number)
        said.append(alike(answer, number))
        again = fill(client, url, known_as="Gee")
        said[-1] += alike(again, number)
    assert said[0] == said[1]
    assert list(Review.objects.values_list("kind", flat=True)) == ["number_in_doubt"]
    assert Person.objects.filter(number_in_doubt=True).count() == 1, "and stays in doubt"


def test_a_second_record_is_refused_the_number_whoever_else_may_have_it(place, restricted):
    said, began = [], place.at
    for number in (THEIRS, NOBODYS):
        with undone():
            place.at = began
            registered_by(place, place.sam, family_name="Arall", given_names="Gwen", nhs_number=number)
            other = registered_by(place, place.sam, family_name="Ellis", given_names="Nia")
            client = stories.browser(place.sam)
            answer = fill(client, reverse("person_correct", args=[other]), nhs_number=number)
            assert answer.status_code == 422, number
            said.append(alike(answer, number).replace(str(other), "other"))
            assert not Person.objects.get(pk=other).nhs_number
    assert "Somebody else is registered with this NHS number" in said[0]
    assert said[0] == said[1]


def test_the_lead_of_those_who_restricted_them_sees_both_and_no_other(place, sam, restricted):
    ours = looking.a_governance_lead(place, team="Front door", name="Ffion Rees")
    theirs = looking.a_governance_lead(place, team="Social care", name="Gethin Puw")
    registered_with(sam, THEIRS)
    asked = Review.objects.get()
    page = text(stories.browser(ours).get(reverse("review", args=[asked.pk])))
    assert "ALI, Maryam" in page and "ARALL, Gwen" in page and spaced(THEIRS) in page
    assert "was told nothing of the restricted record" in page
    assert "Governance 1 to review" in text(stories.browser(ours).get("/"))
    other = stories.browser(theirs)
    assert other.get(reverse("review", args=[asked.pk])).status_code == 404
    assert "to review" not in text(other.get("/"))


def test_where_those_who_restricted_them_have_no_lead_it_waits_for_one_and_no_other_is_told(
    place, sam, restricted
):
    theirs = looking.a_governance_lead(place, team="Social care", name="Gethin Puw")
    registered_with(sam, THEIRS)
    asked, other = Review.objects.get(), stories.browser(theirs)
    assert other.get(reverse("review", args=[asked.pk])).status_code == 404
    for page in (other.get("/"), other.get(reverse("governance"))):
        assert "to review" not in text(page) and "on two records" not in text(page)
    own = stories.browser(looking.a_governance_lead(place, team="Front door", name="Ffion Rees"))
    assert "1 to review" in text(own.get("/"))
    listed = own.get(reverse("governance")).content.decode()
    (row,) = re.findall(r"<tr[^>]*data-row.*?</tr>", listed, re.S)
    assert "on two records" in row
    assert place.sam.member_name in row
    assert place.amir.agency_name not in row, "it is not for them that whoever wrote the number down acted"


def test_once_the_seal_is_lifted_both_are_found_and_the_number_is_whose_it_was(place, sam, restricted):
    registered_with(sam, THEIRS)
    theirs = Person.objects.get(number_in_doubt=True)
    seal = seals.store.find(seals.SEALS, person_id=restricted)[0]
    lou = place.viewers["Lou of Front door"]
    seals.lift(seal_id=seal.id, words="She is safe now.", by=lou, at=place.later(), seen=1)
    found = text(look(sam, nhs_number=THEIRS))
    assert "ALI, Maryam" in found and "ARALL, Gwen" in found
    kept = Details(family_name="Arall", given_names="Gwenllian", nhs_number=THEIRS)
    with pytest.raises(Refused, match="Somebody else is registered with this NHS number"):
        people.correct(person_id=theirs.pk, details=kept, by=place.sam, at=now(), seen=1)
    of_maryam = Details(family_name="Ali", given_names="Mariam", nhs_number=THEIRS)
    people.correct(person_id=restricted, details=of_maryam, by=place.amir, at=now(), seen=1)


def test_the_database_keeps_one_number_for_one_person_but_for_those_in_doubt(place, sam, restricted):
    registered_with(sam, THEIRS)
    with pytest.raises(IntegrityError, match="person_nhs_number_once"), transaction.atomic():
        at_a_prompt("UPDATE people_person SET number_in_doubt = false, version = version + 1")
    with pytest.raises(IntegrityError, match="person_doubt_is_of_a_number"), transaction.atomic():
        at_a_prompt(
            "UPDATE people_person SET nhs_number = NULL, nhs_number_unknown = 'not_asked',"
            " version = version + 1 WHERE number_in_doubt"
        )


def at_a_prompt(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
