"""A seal against an agency keeps out whomever it lends, whatever the team that borrows them answers for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from nowrongdoor.data.agencies.models import Membership
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.sharing.facts import OPENINGS
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import agencies, loans, seals
from nowrongdoor.kernel import store, wall
from nowrongdoor.kernel.live import asking
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import viewers
from nowrongdoor.rules import access
from nowrongdoor.rules.agency import Agency
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.sealing import Against
from tests.journeys import lending
from tests.pages.sending import fill, text
from tests.pages.test_kept_safe import GLASS
from tests.pages.test_loans import CRISIS, DOOR, a_crew_with, lent
from tests.pages.test_rapid import a_visit, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(place):
    """Sam of the council is lent to the front door of the health trust."""
    lending.agreed(place)
    return lent(place)


@pytest.fixture
def sam_there(place, key):
    return stories.browser(lending.as_lent(place))


@pytest.fixture
def visit_id(place):
    return a_visit(place)


def sealed(place, visit_id, *, on="person_id", **against):
    referral = store.peek(REFERRALS, store.peek(VISITS, visit_id).referral_id)
    about = {"person_id": None, "referral_id": None, "contact_id": None}
    about[on] = referral.person_id if on == "person_id" else referral.id
    seals.put(
        seal_id=(key := uuid4()), **about, why="in_danger", words="Her former husband works there.",
        against=Against(**against), by=lending.lead(place, DOOR), at=now(),
    )  # fmt: skip
    return key, referral


def council(place):
    return {"agency_id": place.sam.agency_id}


def another_agency(place):
    """A third one, that lends nobody here."""
    third = Agency(uuid4(), "Mind the Gap", "voluntary", "England")
    agencies.enter(facts=[third], by=lending.lead(place), at=place.later())
    return {"agency_id": third.id}


def opens(client, referral, visit_id, *, whole):
    """By page, whether it opens; and whether a list or a search tells of them."""
    pages = [("referral", referral.id), ("visit", visit_id), ("person", referral.person_id)]
    pages = pages if whole else pages[:2]
    found = {name: client.get(reverse(name, args=[one])).status_code == 200 for name, one in pages}
    found["board"] = "ALI" in text(client.get(reverse("rapid")))
    if whole:
        found["search"] = "ALI, Maryam" in text(fill(client, "/people", form="search", name="Ali"))
    return found


@pytest.mark.parametrize("on", ["person_id", "referral_id"])
def test_whoever_the_named_agency_lends_sees_nothing_of_what_their_team_holds(
    place, amir, sam_there, visit_id, on
):
    whole = on == "person_id"
    referral = store.peek(REFERRALS, store.peek(VISITS, visit_id).referral_id)
    assert all(opens(sam_there, referral, visit_id, whole=False).values()), "before it is sealed"
    sealed(place, visit_id, on=on, **council(place))
    assert not any(opens(sam_there, referral, visit_id, whole=whole).values())
    colleague = opens(amir, referral, visit_id, whole=whole)
    assert all(colleague.values()), "the control: colleagues of the team itself go on"


@pytest.mark.parametrize("on", ["person_id", "referral_id"])
def test_a_seal_against_nobody_they_work_for_leaves_them_what_their_team_sees(place, sam_there, visit_id, on):
    """The control: it is not that whoever is lent is kept out by any seal."""
    _, referral = sealed(place, visit_id, on=on, **another_agency(place))
    assert all(opens(sam_there, referral, visit_id, whole=False).values())


def test_a_seal_against_them_by_name_keeps_them_out_as_well(place, sam_there, visit_id):
    _, referral = sealed(place, visit_id, member_id=place.sam.member_id)
    assert not any(opens(sam_there, referral, visit_id, whole=True).values())


def test_the_glass_does_not_break_for_them(place, sam_there, visit_id):
    sealed(place, visit_id, **council(place))
    refused = fill(sam_there, "/break-glass", **GLASS)
    assert refused.status_code == 422 and "does not lead to one record" in text(refused)
    assert not store.find(OPENINGS, kind="break_glass")


def test_nor_do_they_act_on_what_is_kept_from_them_or_seal_it_against_their_own(place, sam_there, visit_id):
    _, referral = sealed(place, visit_id, **council(place))
    lent_sam = lending.as_lent(place)
    again = {"seal_id": uuid4(), "contact_id": None, "why": "asked", "words": "", "at": now()}
    with pytest.raises(Missing):
        seals.put(**again, person_id=None, referral_id=referral.id, by=lent_sam)
    other = place.a_referral(person_id=place.a_person(family_name="Ansty"))
    with pytest.raises(Refused, match="seal it from you too"):
        seals.put(
            **again, person_id=None, referral_id=other, by=lent_sam, against=Against(**council(place))
        )


def test_a_crew_with_somebody_whom_the_named_agency_lends_is_not_sent(place, amir, key, visit_id):
    theirs = a_crew_with(place, place.sam.member_id)
    other = a_crew_with(place, place.amir.member_id)
    seal_id, _ = sealed(place, visit_id, **council(place))
    refused = sending(amir, visit_id, theirs)
    assert refused.status_code == 422
    assert "This crew cannot go to this person. Choose another crew." in text(refused)
    assert "husband" not in text(refused) and store.peek(VISITS, visit_id).crew_id is None
    assert sending(amir, visit_id, other).status_code == 302, "the control: of the same team, lent by nobody"
    assert seal_id


def test_a_seal_against_another_agency_stops_no_crew(place, amir, key, visit_id):
    theirs = a_crew_with(place, place.sam.member_id)
    sealed(place, visit_id, **another_agency(place))
    assert sending(amir, visit_id, theirs).status_code == 302


def asked(seal_id, agency_id, member_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal_is_against(%s, %s, %s)", [seal_id, agency_id, member_id])
        return cursor.fetchone()[0]


def test_the_database_says_so_while_the_loan_runs_and_for_whoever_borrows(place, key, visit_id):
    seal_id, _ = sealed(place, visit_id, **council(place))
    ours, sam = place.amir.agency_id, place.sam.member_id
    assert asked(seal_id, ours, sam) is True
    assert asked(seal_id, ours, place.amir.member_id) is False, "the control: nobody lends Amir"
    assert asked(seal_id, place.sam.agency_id, place.amir.member_id) is True
    third = another_agency(place)["agency_id"]
    assert asked(seal_id, third, sam) is False, "to a third agency nobody lends them"
    loans.end(membership_id=key, words="Quiet.", by=lending.lead(place), at=now(), seen=1)
    assert asked(seal_id, ours, sam) is False


def test_the_rule_says_the_same(place, visit_id):
    _, referral = sealed(place, visit_id, **council(place))
    seal = access.Sealed(referral.person_id, None, None, place.sam.agency_id)
    assert access.is_against(lending.as_lent(place), seal) and access.is_against(place.sam, seal)
    assert not access.is_against(place.amir, seal)
    assert not access.is_against(lending.as_lent(place), access.Sealed(referral.person_id, None, None))


def test_a_live_screen_of_theirs_is_made_for_them_alone(place, key):
    """Their colleagues' would tell them of those whom a seal keeps safe from who lends them."""
    of = {one: Membership.objects.get(member_id=one.member_id, team_id=one.team_id, until_at=None).pk
          for one in (place.amir, lending.as_lent(place))}  # fmt: skip
    who = viewers.asks_who_is_at_work(of.values(), agency_id=place.amir.agency_id)
    with wall.reading():
        found, apart = viewers.all_at_work(asking.at_once([*wall.as_agency(place.amir.agency_id), who])[-1])
    assert apart == {place.sam.member_id}
    assert found[key][0].lent_by_agency_id == place.sam.agency_id
    assert found[of[place.amir]][0].lent_by_agency_id is None


def test_lent_within_one_agency_a_seal_gives_way_to_what_their_team_answers_for(place, amir, visit_id):
    """It names the agency of the whole team: whoever is there acts for it, or nobody would."""
    given = lending.to_lend(place, to_team_id=place.teams[DOOR], member_id=place.priya.member_id)
    by = lending.lead(place, CRISIS)
    loans.lend(**given | {"by": by, "until_at": now() + timedelta(hours=5)}, at=now())
    theirs = a_crew_with(place, place.priya.member_id, hours=3)
    _, referral = sealed(place, visit_id, agency_id=place.amir.agency_id)
    there = viewers.at_work(membership_id=given["membership_id"])
    assert all(opens(stories.browser(there), referral, visit_id, whole=False).values())
    assert sending(amir, visit_id, theirs).status_code == 302
