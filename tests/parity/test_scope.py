"""Which lines of a list a viewer may see is the rule for one record, asked of many at once."""

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
from nowrongdoor.journeys import seals, sharing
from nowrongdoor.reading import scope, standing, viewers
from nowrongdoor.rules import access
from nowrongdoor.rules.access import BLIND
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against
from tests.parity.test_worlds import UNTIL


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


def told_to_keep_safe(everybody):
    """Of everybody who is sealed, or of whom something is, another team is told without consent."""
    for number, key in enumerate(Seal.objects.values_list("person_id", flat=True).distinct()):
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
    for number, held in enumerate(Holding.objects.filter(until_at=None).select_related("referral")[::3]):
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


def unhidden(viewer):
    """What a board leaves in for this viewer, by the query twin."""
    with connection.cursor() as cursor:
        asked = sql.SQL("SELECT r.id FROM board_referral r WHERE {}").format(sql.SQL(scope.NOT_KEPT))
        cursor.execute(asked, scope.params(viewer, at=UNTIL))
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.django_db
def test_a_list_shows_exactly_the_lines_whose_pages_would_open(monkeypatch):
    ends_alike(people=40, days=28, seed=5, until=UNTIL)
    referrals = dict(Referral.objects.values_list("pk", "person_id"))
    seen = hidden = 0
    everybody = [
        viewers.at_work(membership_id=key)
        for key in Membership.objects.filter(until_at=None).values_list("pk", flat=True)
    ]
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
    # And one that forgot whom a seal is against.
    asked = scope.PARTS.as_string(None).replace(
        "seal_is_against(s.id, %(own_agency)s, %(own_member)s)", "false"
    )
    monkeypatch.setattr(scope, "PARTS", sql.SQL(asked))
    assert any(
        scope.visible(referrals, viewer=viewer, at=UNTIL) != answers(referrals, viewer)
        for viewer in everybody
    )
