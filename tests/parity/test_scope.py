"""Which lines of a list a viewer may see is the rule for one record, asked of many at once."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from psycopg import sql

from nowrongdoor.console.prove.parity import ends_alike
from nowrongdoor.data.agencies.models import Membership
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.participations.models import Participation
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.data.sharing.models import Seal
from nowrongdoor.journeys import agencies, handovers, seals, sharing
from nowrongdoor.reading import scope, standing, viewers
from nowrongdoor.rules import access
from nowrongdoor.rules.access import BLIND
from nowrongdoor.rules.agency import Membership as Place
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against
from tests.parity.test_worlds import UNTIL
from tests.worlds import stories


def answers(referrals, viewer):
    """For each referral, whether its own page would open: the slow and obvious way."""
    return {
        key
        for key in referrals
        if standing.asked("referral", key, viewer=viewer, at=UNTIL).sight is not BLIND
    }


def against(number, everybody):
    """Every other seal is against an agency or a member: mostly of somebody who had a part in it."""
    one = everybody[number % len(everybody)]
    return (Against(one.agency_id), Against(None, one.member_id), NOBODY_NAMED, NOBODY_NAMED)[number // 2 % 4]


def lent_across(everybody):
    """Every fourth member is lent to a team of another agency, by whoever they work with."""
    lent = []
    for number, one in enumerate(everybody[::4]):
        hosts = [other for other in everybody if other.agency_id != one.agency_id]
        host = hosts[number * 7 % len(hosts)]
        lender = next((other for other in everybody if other.member_id != one.member_id), None)
        works = Place(
            uuid4(), one.member_id, host.team_id, host.role, UNTIL - timedelta(days=1), None,
            lent_by_team_id=one.team_id, lent_by_id=lender.member_id, lent_until_at=UNTIL,
        )  # fmt: skip
        agencies.enter(facts=[works], by=replace(host, role="team_lead"), at=UNTIL)
        lent.append(viewers.at_work(membership_id=works.id))
    assert all(one.lent_by_agency_id for one in lent)
    return lent


def told_to_keep_safe(everybody):
    """Of everybody who is sealed, or of whom something is, another team is told without consent."""
    people = Seal.objects.order_by("person_id").values_list("person_id", flat=True).distinct()
    for number, key in enumerate(people):
        told = everybody[(number * 5 + 1) % len(everybody)]
        for by in everybody:
            if access.may_do(by, "sharing.override", at=UNTIL) and by.team_id != told.team_id:
                try:
                    sharing.override(
                        decision_id=uuid4(), person_id=key, to_team_id=told.team_id, words="In danger.",
                        told="would_harm", by=by, at=UNTIL,
                    )  # fmt: skip
                    break
                except (Missing, Refused):
                    continue


def sealed_by_their_holders(everybody):
    """Every third referral that is held is sealed, or whoever it is about restricted, by whoever holds it."""
    by_team = {viewer.team_id: viewer for viewer in everybody if access.may_do(viewer, "seal.put", at=UNTIL)}
    restricted = set(Seal.objects.filter(referral=None, contact=None).values_list("person_id", flat=True))
    sealed = set(Seal.objects.exclude(referral=None).values_list("referral_id", flat=True))
    # In the order of their keys, which the history names, so that what fails once fails again.
    holdings = Holding.objects.filter(until_at=None).select_related("referral").order_by("pk")
    for number, held in enumerate(holdings[::3]):
        person_id = held.referral.person_id
        whole = number % 2 and person_id and person_id not in restricted
        if person_id and held.team_id in by_team and (whole or held.referral_id not in sealed):
            restricted |= {person_id} if whole else set()
            seals.put(
                seal_id=uuid4(),
                person_id=person_id if whole else None,
                referral_id=None if whole else held.referral_id,
                contact_id=None,
                why="asked",
                words="",
                against=against(number, everybody),
                by=by_team[held.team_id],
                at=UNTIL,
            )
    assert len(restricted) > 2


def whatever_is_sealed(referrals):
    standing_seals = list(
        Seal.objects.filter(lifted_at=None, contact=None).values("referral_id", "person_id")
    )
    items = {one["referral_id"] for one in standing_seals}
    people = {one["person_id"] for one in standing_seals if one["referral_id"] is None}
    return {key for key, person in referrals.items() if key in items or person in people}


def unhidden(viewer, *, at=UNTIL):
    """What a board leaves in for this viewer, by the query twin."""
    with connection.cursor() as cursor:
        asked = sql.SQL("SELECT r.id FROM board_referral r WHERE {}").format(sql.SQL(scope.NOT_KEPT))
        cursor.execute(asked, scope.params(viewer, at=at))
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.django_db
def test_a_list_shows_exactly_the_lines_whose_pages_would_open(monkeypatch):
    ends_alike(people=40, days=28, seed=5, until=UNTIL)
    referrals = dict(Referral.objects.values_list("pk", "person_id"))
    seen = hidden = 0
    everybody = [
        viewers.at_work(membership_id=key)
        for key in Membership.objects.filter(until_at=None).order_by("pk").values_list("pk", flat=True)
    ]
    everybody += lent_across(everybody)
    sealed_by_their_holders(everybody)
    told_to_keep_safe(everybody)
    assert Participation.objects.filter(part="shared", purpose="", referral_id=None).count() > 3
    kept = whatever_is_sealed(referrals)
    for viewer in everybody:
        shown = scope.visible(referrals, viewer=viewer, at=UNTIL)
        assert shown == answers(referrals, viewer)
        # What is sealed and is on a board all the same is what its own page would show.
        assert {key for key in unhidden(viewer) if key in kept} == shown & kept
        seen, hidden = seen + len(shown), hidden + len(referrals) - len(shown)
    assert seen > 200 and hidden > 200
    # The control: a list that left the seals out of account would be noticed.
    unsealed = scope.PARTS.as_string(None).replace("s.lifted_at IS NULL", "false")
    monkeypatch.setattr(scope, "PARTS", sql.SQL(unsealed))
    assert any(
        scope.visible(referrals, viewer=viewer, at=UNTIL) != answers(referrals, viewer)
        for viewer in everybody
    )
    monkeypatch.undo()
    # And one that let seals give way to what the team that borrows somebody is answerable for.
    monkeypatch.setattr(access, "gives_way", access.is_close)
    lent = [one for one in everybody if one.lent_by_agency_id]
    assert any(
        {key for key in unhidden(one) if key in kept} != answers(referrals, one) & kept for one in lent
    )
    monkeypatch.undo()
    # And one that forgot whom a seal is against.
    asked = scope.PARTS.as_string(None).replace(
        "seal_is_against(s.id, %(own_agency)s, %(own_member)s)", "false"
    )
    monkeypatch.setattr(scope, "PARTS", sql.SQL(asked))
    assert any(
        scope.visible(referrals, viewer=viewer, at=UNTIL) != answers(referrals, viewer)
        for viewer in everybody
    )


@pytest.mark.django_db
def test_of_a_restricted_person_a_board_leaves_out_what_opens_by_no_part_in_it():
    """A tie to the person alone opens none of their other items."""
    place = stories.a_place()
    person_id = place.a_person()
    asked, other, sealed = (place.a_referral(person_id=person_id) for _ in range(3))
    offer = place.an_offer(to="Social care", referral_id=asked)
    handovers.withdraw(handover_id=offer, reason="changed", words="", by=place.amir, at=place.later(), seen=1)
    put_on(place, person_id=person_id)
    put_on(place, referral_id=sealed)
    assert boards_like_pages(place, place.sam) == {asked}
    assert boards_like_pages(place, place.priya) == set()
    assert boards_like_pages(place, place.amir) == {asked, other, sealed}


@pytest.mark.django_db
def test_what_is_shared_of_a_sealed_referral_is_on_a_board_as_on_its_page():
    place = stories.a_place()
    referral_id = place.a_referral(person_id=place.a_person())
    stories.accepted(place, place.an_offer(to="Social care", referral_id=referral_id), by=place.sam)
    seen = Referral.objects.get(pk=referral_id).version
    back = stories.offered_again(place, referral_id, to="Front door", by=place.sam, seen=seen)
    stories.accepted(place, back, by=place.amir)
    put_on(place, referral_id=referral_id)
    long_after = place.later() + timedelta(days=90)
    assert boards_like_pages(place, place.sam, at=long_after) == {referral_id}
    assert boards_like_pages(place, replace(place.sam, agency_id=uuid4()), at=long_after) == set()


@pytest.mark.django_db
def test_against_an_agency_a_board_leaves_out_sealed_items_other_than_those_it_holds():
    place = stories.a_place()
    person_id = place.a_person()
    held, lately = (place.a_referral(person_id=person_id) for _ in range(2))
    stories.accepted(place, place.an_offer(referral_id=held), by=place.priya)
    offer = place.an_offer(referral_id=lately)
    handovers.withdraw(handover_id=offer, reason="changed", words="", by=place.amir, at=place.later(), seen=1)
    put_on(place, person_id=person_id, against=Against(place.priya.agency_id))
    assert boards_like_pages(place, place.priya) == {held, lately}
    put_on(place, referral_id=lately)
    assert boards_like_pages(place, place.priya) == {held}


def put_on(place, *, person_id=None, referral_id=None, against=NOBODY_NAMED):
    seals.put(
        seal_id=uuid4(), person_id=person_id, referral_id=referral_id, contact_id=None, why="asked", words="",
        against=against, by=place.amir, at=place.later(),
    )  # fmt: skip


def boards_like_pages(place, viewer, *, at=None):
    """What is kept and on a board for this viewer, which is what its own page would show."""
    at = at or place.later()
    referrals = dict(Referral.objects.values_list("pk", "person_id"))
    shown = {
        key for key in referrals if standing.asked("referral", key, viewer=viewer, at=at).sight is not BLIND
    } & whatever_is_sealed(referrals)
    assert set(unhidden(viewer, at=at)) & whatever_is_sealed(referrals) == shown
    return shown
