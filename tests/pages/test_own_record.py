"""My record: what a person reads of their own, who looked at it, and what reaches neither them nor others."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from nowrongdoor.journeys import contacts, openings, seals, sharing
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.sharing import Grounds
from nowrongdoor.site.doors import DOORS, OPEN, OWN, OWN_ACCOUNT
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
PAGES = ("/my-record", "/my-record/looks")
THIRD = "CANARY-WORDS-OF-HER-MOTHER"
CALLER = "Canary Caller"
NUMBER = "01632 960777"


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


@pytest.fixture
def herself(maryam):
    return reads_own(maryam)


def reads_own(person_id):
    """A browser in which this person has signed in to their own record."""
    client = Client()
    session = client.session
    session["own"] = str(person_id)
    session["seen_at"] = now().isoformat()
    session.save()
    return client


def rang(place, person_id, *, kind, words, **said):
    contact_id = uuid4()
    contacts.receive(
        contact_id=contact_id,
        said=Said(channel="telephone", caller_kind=kind, words=words, **said),
        outcome=said.pop("outcome", "caller_lost"),
        callback_id=uuid4(),
        happened_at=place.at,
        person_id=person_id,
        by=place.amir,
        at=place.later(),
    )
    return contact_id


def sealed(place, why="in_danger", **about):
    nothing = {"person_id": None, "referral_id": None, "contact_id": None}
    seals.put(seal_id=uuid4(), **nothing | about, why=why, words="", by=place.amir, at=place.later())


# --- what it says -------------------------------------------------------------------------------------------


def test_the_person_reads_who_holds_them_and_the_number_to_ring(herself):
    said = text(herself.get("/my-record"))
    assert "Help with mental health" in said and "Held by Front door – Amir of Front door, Averley" in said
    assert "Ring 01632 960001" in said
    assert "Maryam Ali" in said and "14 Saltmarsh Row, ZZ7 2AB" in said


def test_wherever_they_are_asked_to_ring_the_number_is_said(herself):
    for page, times in (("/my-record", 4), ("/my-record/looks", 1)):
        said = text(herself.get(page))
        assert said.count("Ring the team that holds you: Front door on 0") == times, page


def test_a_demonstrations_history_leaves_the_looks_its_acts_would_have_left(herself, maryam, monkeypatch):
    from nowrongdoor.console import demo_place

    monkeypatch.setattr(demo_place, "history", lambda *_, **__: None)
    assert "Nobody has looked at your record yet." in text(herself.get("/my-record/looks"))
    demo_place.act(people=1, progress=lambda *_: None, seed=1, until=now())
    assert "Amir of Front door" in text(herself.get("/my-record/looks"))
    looks = Look.objects.filter(person_id=maryam).exclude(member_id=None)
    assert looks and all(one.looked_at < now() and one.elements for one in looks)


def test_what_was_promised_to_them_is_there_with_its_time(place, herself, maryam):
    rang(place, maryam, kind="person", words="I can't go on like", callback_number="01632 960114")
    said = text(herself.get("/my-record"))
    assert "Ring you back. This was due by " in said and "Front door will do this." in said
    assert "“I can't go on like”" in said.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def test_it_is_told_with_whom_it_is_shared_and_why_without_what_staff_wrote(place, herself, maryam):
    shared(place, maryam, told="yes")
    said = text(herself.get("/my-record"))
    assert "Social care, Averley Council" in said and "You said yes to this." in said
    assert "CANARY-GROUNDS" not in said


def shared(place, person_id, *, told):
    sharing.decide(
        decision_id=uuid4(),
        person_id=person_id,
        to_team_id=place.teams["Social care"],
        purpose="direct_care",
        grounds=Grounds("consent", "CANARY-GROUNDS", told),
        by=place.amir,
        at=place.later(),
    )


def test_every_look_of_staff_is_told_with_name_team_role_reason_and_what_they_saw(amir, herself, maryam):
    amir.get(reverse("person", args=[maryam]))
    for url in PAGES:
        said = text(herself.get(url))
        assert "Amir of Front door Triage clinician, Front door, Averley Mental Health" in said, url
        assert "Their team was answerable for you" in said, url
        assert "who you are" in said and "what was said and done" in said, url


def test_a_broken_glass_stands_out_in_words(place, sam, herself, maryam):
    openings.break_glass(
        opening_id=uuid4(),
        review_id=uuid4(),
        person_id=maryam,
        reason="danger_now",
        words="He is at the door.",
        by=place.sam,
        at=now(),
    )
    assert sam.get(reverse("person", args=[maryam])).status_code == 200
    assert "Your record was opened in an emergency" in text(herself.get("/my-record"))
    said = text(herself.get("/my-record/looks"))
    assert "Priya of Social care" in said and "Opened in an emergency" in said


def test_their_own_looks_are_recorded_and_told_to_them_as_theirs(herself, maryam):
    herself.get("/my-record")
    look = Look.objects.get(person_id=maryam, relationship="self")
    assert (look.role, look.purpose, look.page) == ("person", "own_record", "own_record")
    assert (look.member_id, look.team_id, look.agency_id) == (None, None, None)
    assert "story" not in look.elements and "own_words" in look.elements
    assert "You It is your own record" in text(herself.get("/my-record/looks"))


def test_staff_who_may_read_the_log_see_that_the_person_looked(amir, herself, maryam):
    herself.get("/my-record")
    assert "It is their own record" in text(amir.get(reverse("person_sharing", args=[maryam]))).replace(
        "it is", "It is"
    )


def test_a_look_that_cannot_be_recorded_is_not_shown(herself, monkeypatch):
    from nowrongdoor.kernel.access_log import looking

    def full(*args, **more):
        raise OSError

    monkeypatch.setattr(looking, "record_outside", full)
    with pytest.raises(OSError):
        herself.get("/my-record")


def test_a_long_list_of_looks_goes_on_by_page_and_a_strange_page_begins_at_the_top(amir, herself, maryam):
    for _ in range(52):
        amir.get(reverse("person", args=[maryam]))
    first = herself.get("/my-record/looks")
    url = text_url(first)
    second = herself.get(url)
    assert first.content.count(b"Amir of Front door") == 50 and b"Amir of Front door" in second.content
    assert herself.get("/my-record/looks?before=x").status_code == 200


def text_url(answer):
    import re
    from html import unescape

    return unescape(re.search(r'rel="next" href="([^"]+)"', answer.content.decode()).group(1))


def test_it_asks_the_same_of_the_database_however_long_the_story(amir, place, herself, maryam):
    def asked(url):
        with CaptureQueriesContext(connection) as captured:
            assert herself.get(url).status_code == 200
        return len(captured)

    shared(place, maryam, told="yes")
    rang(place, maryam, kind="person", words="I can't go on like")
    before = [asked(url) for url in PAGES]
    for _ in range(4):
        place.a_referral(person_id=maryam)
        rang(place, maryam, kind="person", words="I can't go on like")
        amir.get(reverse("person", args=[maryam]))
    assert [asked(url) for url in PAGES] == before
    assert max(before) <= 20


# --- what is withheld ---------------------------------------------------------------------------------------


def test_what_others_said_is_told_to_nobody_here_not_even_that_they_rang(place, herself, maryam):
    before = text(herself.get("/my-record"))
    rang(
        place, maryam, kind="carer", words=THIRD, wish=THIRD, caller_name=CALLER,
        callback_number=NUMBER, about=THIRD, where=THIRD, sharing_words=THIRD,
    )  # fmt: skip
    for url in PAGES:
        page = herself.get(url).content.decode()
        for canary in (THIRD, CALLER, NUMBER):
            assert canary not in page, url
    after = text(herself.get("/my-record"))
    assert "withheld because it is about somebody else" in before
    assert (
        after[after.index("What we promised") : after.index("Who looked")]
        == (before[before.index("What we promised") : before.index("Who looked")])
    )


def test_what_staff_wrote_to_each_other_is_not_there(place, maryam, herself):
    place.an_offer(referral_id=place.a_referral(person_id=maryam))
    page = herself.get("/my-record").content.decode()
    for words in ("Not slept for four nights", "Please see her at home", "hearing voices", "Dog at address"):
        assert words not in page


def test_what_is_sealed_because_someone_would_be_in_danger_is_not_there_nor_who_looked_at_it(
    place, amir, herself, maryam
):
    referral_id = place.a_referral(person_id=maryam)
    sealed(place, referral_id=referral_id)
    amir.get(reverse("referral", args=[referral_id]))
    assert text(herself.get("/my-record")).count("Held by Front door") == 1
    assert "Front door, Averley" not in text(herself.get("/my-record/looks"))


def test_what_the_person_asked_to_be_sealed_they_go_on_reading(place, herself, maryam):
    referral_id = place.a_referral(person_id=maryam)
    sealed(place, "asked", referral_id=referral_id)
    assert text(herself.get("/my-record")).count("Held by Front door") == 2


def test_while_someone_would_be_in_danger_staff_are_told_by_what_they_are(place, amir, herself, maryam):
    sealed(place, person_id=maryam)
    amir.get(reverse("person", args=[maryam]))
    said = text(herself.get("/my-record/looks"))
    assert "A triage clinician, name withheld Front door" in said and "Amir" not in said


def test_somebody_restricted_reads_their_own_record_whole(place, herself, maryam):
    before = text(herself.get("/my-record"))
    sealed(place, person_id=maryam)
    after = text(herself.get("/my-record"))
    for words in ("Held by Front door", "14 Saltmarsh Row, ZZ7 2AB", "01632 960114"):
        assert words in before and words in after


def test_a_sharing_that_would_put_someone_in_danger_if_told_is_not_told_nor_who_looked_by_it(
    place, sam, herself, maryam
):
    shared(place, maryam, told="would_harm")
    assert sam.get(reverse("person", args=[maryam])).status_code == 200
    for url in PAGES:
        said = text(herself.get(url))
        assert "Social care" not in said and "Averley Council" not in said, url
    assert "Withheld, to keep somebody safe" in text(herself.get("/my-record/looks"))


# --- whose door it is ---------------------------------------------------------------------------------------


def test_to_whoever_reads_their_own_record_no_page_of_staff_is_there(place, herself, maryam):
    keys = {"person_id": maryam, "part": "mine"}
    missing = herself.get(reverse("person", args=[uuid4()]))
    assert missing.status_code == 404 and b"Go to what you may read" in missing.content
    asked = 0
    for name, asks in DOORS.items():
        if asks in (OPEN, OWN) or name in OWN_ACCOUNT:
            continue
        for kwargs in ({}, {"person_id": keys["person_id"]}, {"part": "mine"}):
            try:
                url = reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                continue
            for ask in (herself.get, herself.post):
                assert ask(url).status_code in (404, 405), url
                asked += 1
    assert asked > 50
    # A page says the minute: the two are asked for one right after the other.
    nobodys, hers = (herself.get(reverse("person", args=[each])) for each in (uuid4(), maryam))
    assert text(nobodys) == text(hers)


def test_to_members_nobodys_own_record_is_there(amir, priya, sam, maryam):
    for client in (amir, priya, sam):
        for url in PAGES:
            assert client.get(url).status_code == 404


def test_whoever_has_not_signed_in_is_asked_to_and_comes_back(db):
    answer = Client().get("/my-record")
    assert answer.status_code == 303 and answer.url == "/sign-in?next=%2Fmy-record"


def test_a_session_with_both_is_nobodys_own(amir, maryam):
    session = amir.session
    session["own"] = str(maryam)
    session.save()
    assert amir.get("/my-record").status_code == 404


def test_a_person_who_is_not_on_record_is_asked_to_sign_in(db):
    assert reads_own(uuid4()).get("/my-record").status_code == 303


def test_a_session_nobody_has_used_for_a_while_is_over(herself, settings):
    settings.NWD_IDLE_SECONDS = 0
    assert herself.get("/my-record").status_code == 303


def test_signing_out_ends_it(herself):
    assert herself.post("/sign-out").status_code == 302
    assert herself.get("/my-record").status_code == 303


# --- coming in ----------------------------------------------------------------------------------------------


def test_in_a_demonstration_there_is_a_person_to_be(place, maryam, settings):
    settings.NWD_DEMO = True
    client = Client()
    assert "Or be a person we care for" in text(client.get("/sign-in"))
    answer = client.post("/sign-in", {"own": str(maryam)})
    assert answer.url == "/my-record"
    assert "Maryam Ali" in text(client.get(answer.url))


def test_nobody_restricted_is_offered_to_be(place, maryam, settings):
    settings.NWD_DEMO = True
    sealed(place, "asked", person_id=maryam)
    assert "Or be a person we care for" not in text(Client().get("/sign-in"))


def test_where_people_are_real_nobody_is_anyone_by_a_click(maryam, with_accounts):
    client = Client()
    assert client.post("/sign-in", {"own": str(maryam)}).status_code == 404
    assert client.get("/my-record").status_code == 303


def test_a_key_opens_the_door_of_a_member_or_of_a_person_and_never_of_both_or_neither(place, maryam):
    for member, person in ((place.amir.member_id, maryam), (None, None)):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_account (id, member_id, person_id, name, password, is_active,"
                " link_digest) VALUES (gen_random_uuid(), %s, %s, 'x', '', true, '')",
                [member, person],
            )
