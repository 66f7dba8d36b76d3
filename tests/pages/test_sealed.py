"""What is sealed or restricted is on no page of anybody but those who take part in it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.journeys import handovers, openings, seals, sharing
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.sharing import Grounds
from tests.pages.sending import fill, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
WHEREABOUTS = ("14 Saltmarsh Row", "ZZ7 2AB", "01632 960114", "01632960114")
SECRET = "CANARY-WORDS-OF-THE-SEALED-REFERRAL"
ASKED = (
    {"name": "Ali"},
    {"nhs_number": stories.NHS_NUMBER},
    {"postcode": "ZZ7 2AB"},
    {"phone": "01632 960114"},
)


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


def told(place, person_id, team, by):
    sharing.decide(
        decision_id=uuid4(),
        person_id=person_id,
        to_team_id=place.teams[team],
        purpose="direct_care",
        grounds=Grounds("consent", "She agreed.", "yes"),
        by=by,
        at=place.later(),
    )


def seal(place, by, **about):
    nothing = {"person_id": None, "referral_id": None, "contact_id": None}
    seals.put(seal_id=uuid4(), **nothing | about, why="in_danger", words="", by=by, at=place.later())


def every_page(client, person_id, *items):
    """Every page that lists people or is about this one, and what a search answers."""
    pages = ["/", "/triage", "/board", "/board/table", "/people"]
    pages += [
        reverse(name, args=[person_id])
        for name in ("person", "person_timeline", "person_sharing", "person_looks_printed", "person_correct",
                     "person_refer", "person_share", "person_override", "seal_put", "person_promise")
    ]  # fmt: skip
    pages += items
    for url in pages:
        yield url, client.get(url)
    for asked in ASKED:
        yield f"search for {asked}", fill(client, "/people", form="search", **asked)


def test_where_a_restricted_person_is_stands_on_no_page_but_of_those_answerable_now(place, maryam):
    first = place.a_referral(person_id=maryam)
    offer = place.an_offer(referral_id=first)
    handovers.withdraw(handover_id=offer, reason="changed", words="", by=place.amir, at=place.later(), seen=1)
    told(place, maryam, "Social care", place.amir)
    asked = place.an_offer(to="Social care", referral_id=place.a_referral(person_id=maryam))
    handovers.withdraw(handover_id=asked, reason="changed", words="", by=place.amir, at=place.later(), seen=1)
    seal(place, place.amir, person_id=maryam)
    broke = place.viewers["Lou of Social care"]
    openings.break_glass(
        opening_id=uuid4(), review_id=uuid4(), person_id=maryam, reason="danger_now",
        words="He is at the door.", by=broke, at=place.later(),
    )  # fmt: skip
    items = [reverse("referral", args=[first]), *(reverse("handover", args=[one]) for one in (offer, asked))]
    answerable = "Front door"
    shown = looked_at = 0
    for viewer in place.viewers.values():
        for url, page in every_page(stories.browser(viewer), maryam, *items):
            assert page.status_code < 500, (viewer.member_name, url)
            there = [one for one in WHEREABOUTS if one in page.content.decode() and url[:6] != "search"]
            there += [one for one in WHEREABOUTS[:1] if one in page.content.decode()]
            looked_at += 1
            # A lead looks through every team of their agency, and so answers for whom any of them holds.
            if viewer.team_name == answerable or viewer == place.viewers["Lou of Crisis team"]:
                shown += bool(there)
            else:
                assert not there, (viewer.member_name, url, there)
    assert shown >= 5, "the canary sings for those who answer for her, or this proves nothing"
    assert looked_at > 150
    assert stories.browser(broke).get(reverse("person", args=[maryam])).status_code == 200


def test_the_tab_shows_no_team_that_a_restriction_shuts_out_and_hides_where_they_are_from_the_rest(
    place, maryam, amir
):
    place.a_referral(person_id=maryam)
    told(place, maryam, "Social care", place.amir)
    tab = reverse("person_sharing", args=[maryam])
    assert "Social care" in text(amir.get(tab)).split("Shared with", 1)[0].split("Who may see", 1)[1]
    seal(place, place.amir, person_id=maryam)
    assert "Social care" not in text(amir.get(tab)).split("Shared with", 1)[0].split("Who may see", 1)[1]


def test_a_restricted_person_is_found_by_no_search_of_those_it_was_only_shared_with(place, maryam, sam):
    place.a_referral(person_id=maryam)
    told(place, maryam, "Social care", place.amir)
    assert "ALI, Maryam" in text(fill(sam, "/people", form="search", name="Ali"))
    seal(place, place.amir, person_id=maryam)
    for asked in ASKED:
        assert "No record here matches." in text(fill(sam, "/people", form="search", **asked)), asked


@pytest.fixture
def kept(place, maryam):
    """A referral that the front door sealed, beside one of social care, with whom the rest is shared."""
    from nowrongdoor.journeys import referrals

    referral_id = uuid4()
    referrals.refer(
        referral_id=referral_id, holding_id=uuid4(), person_id=maryam, contact_id=None, needs=["mental"],
        request=SECRET, words=SECRET, by=place.amir, at=place.later(),
    )  # fmt: skip
    told(place, maryam, "Social care", place.amir)
    place.a_referral(person_id=maryam, by=place.sam)
    return referral_id


def traces(place, key, client, person_id):
    """Pages on which something of the referral stands."""
    items = (reverse("referral", args=[key]), reverse("triage_decide", args=[key]))
    ids = {
        str(key),
        *(str(one) for one in Entry.objects.filter(referral_id=key).values_list("pk", flat=True)),
    }
    return [
        url
        for url, page in every_page(client, person_id, *items)
        if page.status_code == 200
        and (SECRET in page.content.decode() or any(one in page.content.decode() for one in ids))
    ]


def test_a_sealed_referral_leaves_no_trace_on_any_page_of_another_agency(place, maryam, kept, sam):
    assert len(traces(place, kept, sam, maryam)) >= 2, "before it is sealed it is there to be found"
    seal(place, place.amir, referral_id=kept)
    for who in ("Priya of Social care", "Lou of Social care", "Amir of Social care"):
        assert traces(place, kept, stories.browser(place.viewers[who]), maryam) == [], who
    assert traces(place, kept, stories.browser(place.amir), maryam) != []


def test_who_else_is_involved_and_the_filter_by_agency_do_not_name_whoever_only_has_the_sealed_one(
    place, maryam, kept, sam
):
    timeline = reverse("person_timeline", args=[maryam])
    mine = place.a_referral(person_id=maryam, by=place.viewers["Amir of Social care"])
    triage = reverse("triage_decide", args=[mine])
    clinician = stories.browser(place.viewers["Amir of Social care"])
    assert "Front door" in text(clinician.get(triage)).split("Help now")[-1]
    seal(place, place.amir, referral_id=kept)
    said = text(clinician.get(triage))
    assert kept.hex not in said.replace("-", "") and SECRET not in said
    person = text(sam.get(reverse("person", args=[maryam])))
    assert "may not see" not in person, "not even that there is something they may not see"
    assert "ealed a referral" not in text(sam.get(timeline))


def test_a_sealed_contact_and_its_seal_are_told_to_nobody_else(place, maryam, sam):
    from nowrongdoor.journeys import contacts
    from nowrongdoor.rules.contact import Said

    contact_id = uuid4()
    contacts.receive(
        contact_id=contact_id, said=Said(channel="telephone", words=SECRET), outcome="advice_given",
        callback_id=uuid4(), happened_at=place.at, person_id=maryam, by=place.amir, at=place.later(),
    )  # fmt: skip
    place.a_referral(person_id=maryam)
    told(place, maryam, "Social care", place.amir)
    timeline = reverse("person_timeline", args=[maryam])
    assert SECRET in text(sam.get(timeline))
    seal(place, place.amir, contact_id=contact_id)
    said = text(sam.get(timeline))
    assert SECRET not in said and "ealed a contact" not in said and "may not see" not in said
    assert "Sealed a contact" in text(stories.browser(place.amir).get(timeline))
    assert sam.get(reverse("contact", args=[contact_id])).status_code == 404


def test_acts_on_what_one_may_not_see_are_answered_as_on_what_is_not_there(place, maryam, kept):
    from nowrongdoor.journeys import contacts, people, promises, referrals
    from nowrongdoor.rules.change import Missing
    from nowrongdoor.rules.person import Details

    seal(place, place.amir, person_id=maryam)
    contact_id, _ = place.a_contact(referred=False)
    other, at = place.viewers["Priya of Crisis team"], place.later()
    about = {"contact_id": None, "by": other, "at": at}
    promised = {"promise_id": uuid4(), "kind": "callback", "words": "Ring.", "due_at": None}
    asked = {"referral_id": uuid4(), "holding_id": uuid4(), "needs": [], "request": "", "words": ""}
    acts = {
        "correct": lambda key: people.correct(
            person_id=key, details=Details(family_name="Ali"), by=other, at=at, seen=1
        ),
        "refer": lambda key: referrals.refer(person_id=key, **asked, **about),
        "promise": lambda key: promises.make(person_id=key, referral_id=None, **promised, **about),
        "share": lambda key: told(place, key, "Social care", other),
        "seal": lambda key: seal(place, other, person_id=key),
        "link": lambda key: contacts.link(contact_id=contact_id, person_id=key, by=other, at=at, seen=1),
    }
    for name, act in acts.items():
        answers = []
        for key in (maryam, uuid4()):
            with pytest.raises(Missing) as missing:
                act(key)
            answers.append(str(missing.value))
        assert answers[0] == answers[1], name
    owes = {"referral_id": kept, "person_id": None}
    for act in (
        lambda: promises.make(**promised, **owes, **about),
        lambda: referrals.reopen(referral_id=kept, holding_id=uuid4(), why="Again.", by=other, at=at, seen=1),
    ):
        with pytest.raises(Missing):
            act()
