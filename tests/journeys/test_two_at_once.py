"""
Two people at once, on two real connections: one answer stands, and the other is told.

The first is held just before its journal entry until PostgreSQL reports that the second waits for it.
"""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest

from nowrongdoor.console.prove import invariants
from nowrongdoor.console.prove.pairs import Act, Answer, Two
from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.drafts.facts import DRAFTS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import agencies, contacts, drafts, handovers, holdings, referrals, rota, triage
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys import acts
from tests.journeys.acts import a_draft, lead, offering, referred
from tests.journeys.on_call import whose_duty_ends
from tests.journeys.scenes import SCENES
from tests.worlds.small_place import SmallPlace

pytestmark = pytest.mark.django_db(transaction=True)

Meeting = Callable[..., tuple[Answer, Answer]]


@pytest.fixture
def meeting(place: SmallPlace) -> Meeting:
    """The first acts and is held before its journal entry; the second comes, waits, and goes on."""

    def meet(first: Callable[..., None], second: Callable[..., None], *, waits: bool = True):
        with Two() as two:
            answers = two.meeting(as_act(place, "first", first), as_act(place, "second", second))
            assert bool(two.met) == waits, "the second waited" if two.met else "the second never waited"
        assert not invariants.broken()
        return answers

    return meet


def as_act(place: SmallPlace, name: str, do: Callable[..., None]) -> Act:
    at = place.later()
    return Act(name, lambda: do(at=at), place.amir, at)


@pytest.mark.parametrize("scene", [one for one in SCENES if one.rival], ids=lambda scene: scene.verb)
def test_whoever_comes_second_waits_and_is_told(place, meeting, scene):
    given = scene.given(place)
    for _ in range(2):
        place.later(**scene.later)  # so that what must be late is late
    first, second = meeting(scene.rival(place, given), lambda at: scene.act(place, given))
    assert first.won, first.in_words()
    assert second.refusal is not None, second.in_words()
    assert second.refusal.code == scene.told
    assert Entry.objects.filter(recorded_at=first.act.at).exists()
    assert not Entry.objects.filter(recorded_at=place.at).exists()


def test_two_referrals_closed_each_as_a_duplicate_of_the_other_leave_one_held(place, meeting):
    given = acts.duplicating(place)
    swapped = given | {"referral_id": given["other_id"], "other_id": given["referral_id"]}
    first, second = meeting(partial(triage.duplicate_of, **given), partial(triage.duplicate_of, **swapped))
    assert first.won
    assert second.refusal.code == "duplicate_of_closed"
    assert store.find(HOLDINGS, referral_id=given["other_id"], until_at=None)


def test_a_form_sent_twice_at_once_is_recorded_once(place, meeting):
    given = referred(place)
    first, second = meeting(partial(referrals.refer, **given), partial(referrals.refer, **given))
    assert first.won
    assert second.refusal.code == "already_recorded"
    assert len(store.find(HOLDINGS, referral_id=given["referral_id"])) == 1


def closing(place: SmallPlace, team: str, successor: str) -> Callable[..., None]:
    return partial(
        agencies.close_team,
        team_id=place.teams[team],
        successor_id=place.teams[successor],
        words="Merged.",
        by=lead(place, team),
        seen=store.peek(TEAMS, place.teams[team]).version,
    )


def test_an_offer_that_comes_first_is_withdrawn_when_its_receiver_closes(place, meeting):
    given = offering(place)
    first, second = meeting(partial(handovers.offer, **given), closing(place, "Crisis team", "Social care"))
    assert first.won and second.won, second.in_words()
    offer = store.peek(HANDOVERS, given["handover_id"])
    assert (offer.state, offer.reason) == ("withdrawn", "receiver_closed")
    (held,) = store.find(HOLDINGS, referral_id=given["referral_id"], until_at=None)
    assert held.team_id == place.teams["Front door"]


def test_a_return_to_a_team_that_closes_at_that_instant_is_refused(place, meeting):
    given = acts.returning(place)
    first, second = meeting(
        closing(place, "Social care", "Front door"), partial(handovers.send_back, **given)
    )
    assert first.won
    assert (second.refusal.code, second.refusal.by_name) == ("receiver_closed", "Lou of Social care")
    assert store.peek(HANDOVERS, given["handover_id"]).state == "offered"


def test_a_team_that_accepts_while_it_closes_leaves_the_person_with_its_successor(place, meeting):
    given = acts.accepting(place)
    first, second = meeting(partial(handovers.accept, **given), closing(place, "Crisis team", "Social care"))
    assert first.won and second.won, second.in_words()
    referral_id = store.peek(HANDOVERS, given["handover_id"]).referral_id
    (held,) = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
    assert (held.team_id, held.began_by) == (place.teams["Social care"], "re_homing")


def test_two_teams_that_close_into_each_other_leave_one_open(place, meeting):
    first, second = meeting(
        closing(place, "Crisis team", "Social care"), closing(place, "Social care", "Crisis team")
    )
    assert first.won
    assert second.refusal.code == "no_successor"
    assert store.peek(TEAMS, place.teams["Social care"]).closed_at is None


def test_two_contacts_about_one_person_at_once_count_each_other(place, meeting):
    person_id = place.a_person(family_name="Pugh")
    contacts.receive(**acts.received(place) | {"person_id": person_id}, at=place.later())
    one, other = (acts.received(place) | {"person_id": person_id} for _ in range(2))
    first, second = meeting(partial(contacts.receive, **one), partial(contacts.receive, **other))
    assert first.won and second.won, second.in_words()
    assert len(store.find(PROMISES, person_id=person_id, kind="repeated_contact")) == 1


def two_returns_about_one_person(place: SmallPlace) -> list[Callable[..., None]]:
    """Two offers, of two referrals of one person, that the same team is about to say no to."""
    person_id = place.a_person(family_name="Pugh")
    offers = [place.an_offer(referral_id=place.a_referral(person_id=person_id)) for _ in range(2)]
    said = acts.returning(place)
    return [
        partial(handovers.send_back, **said | {"handover_id": key, "next_handover_id": uuid4()})
        for key in offers
    ]


def loops() -> int:
    return len(store.find(PROMISES, kind="loop"))


def test_two_returns_about_one_person_at_once_count_each_other(place, meeting):
    first, second = meeting(*two_returns_about_one_person(place))
    assert first.won and second.won, second.in_words()
    assert loops() == 1, "returned once here and once there at the same time is passed round, and told once"


def test_two_returns_that_did_not_wait_would_leave_a_loop_that_nobody_hears_of(place, meeting, monkeypatch):
    both = two_returns_about_one_person(place)
    monkeypatch.setattr(store, "one_at_a_time", lambda *names: None)
    first, second = meeting(*both, waits=False)
    assert first.won and second.won and loops() == 0


def test_who_comes_back_by_one_referral_while_leaving_by_another_is_passed_round(place, meeting):
    person_id = place.a_person(family_name="Pugh")
    left, back = (place.a_referral(person_id=person_id) for _ in range(2))
    said = acts.accepting(place)
    handovers.accept(**said | {"handover_id": place.an_offer(referral_id=left)}, at=place.later())
    to = place.teams["Social care"]
    on = acts.offering(place) | {"referral_id": left, "to_team_id": to, "by": place.priya}
    handovers.offer(**on | {"seen": store.peek(REFERRALS, left).version}, at=place.later())
    leaving = said | {"handover_id": on["handover_id"], "holding_id": uuid4(), "by": place.sam}
    coming = said | {"handover_id": place.an_offer(referral_id=back), "holding_id": uuid4()}
    first, second = meeting(partial(handovers.accept, **leaving), partial(handovers.accept, **coming))
    assert first.won and second.won, second.in_words()
    assert loops() == 1


def test_a_team_that_closes_comes_to_owe_nothing_when_a_duty_ends(place, meeting):
    whose_duty_ends(place)
    first, second = meeting(
        closing(place, "Front door", "Social care"), lambda at: rota.offer_on(ours=at, by=NOBODY, at=at)
    )
    assert first.won and second.won, second.in_words()
    assert not store.find(PROMISES, kind="holder_off")


def test_who_takes_a_referral_while_leaving_leaves_it_with_the_team(place, meeting):
    taken = {"referral_id": place.a_referral(), "by": acts.colleague(place), "seen": 1}
    leaves = partial(
        agencies.leave,
        member_id=taken["by"].member_id,
        words="Moved away.",
        by=lead(place, "Crisis team"),
    )
    first, second = meeting(partial(holdings.take, **taken), leaves)
    assert first.won and second.won, second.in_words()
    (held,) = store.find(HOLDINGS, referral_id=taken["referral_id"], until_at=None)
    assert (held.member_id, held.team_id) == (None, place.teams["Front door"])


def test_who_has_just_left_takes_no_referral(place, meeting):
    taken = {"referral_id": place.a_referral(), "by": acts.colleague(place), "seen": 1}
    leaves = partial(
        agencies.leave, member_id=taken["by"].member_id, words="Moved.", by=lead(place, "Crisis team")
    )
    first, second = meeting(leaves, partial(holdings.take, **taken))
    assert first.won
    assert second.refusal.code == "left_the_team"


def test_a_referral_from_a_contact_that_is_being_linked_is_about_that_person_too(place, meeting):
    contact_id, _ = place.a_contact(referred=False)
    person_id = place.a_person(family_name="Pugh")
    given = referred(place) | {"contact_id": contact_id, "person_id": None}
    first, second = meeting(
        partial(referrals.refer, **given),
        partial(contacts.link, contact_id=contact_id, person_id=person_id, by=acts.colleague(place), seen=1),
    )
    assert first.won and second.won, second.in_words()
    assert store.peek(REFERRALS, given["referral_id"]).person_id == store.peek(PEOPLE, person_id).id


def test_a_promise_made_while_the_referral_closes_is_seen_by_whoever_closes_it(place, meeting):
    promise = acts.promising(place)
    closed = {"referral_id": promise["referral_id"], "by": place.amir, "seen": 1}
    first, second = meeting(
        partial(acts.promises.make, **promise), partial(referrals.close, **closed, **acts.ENDED)
    )
    assert first.won
    assert (second.refusal.code, second.refusal.by_name) == ("promise_open", promise["by"].member_name)


def test_acts_on_different_referrals_do_not_wait_for_each_other(place, meeting):
    first, second = meeting(
        partial(handovers.offer, **offering(place)), partial(handovers.offer, **offering(place)), waits=False
    )
    assert first.won and second.won


@pytest.mark.usefixtures("touches_nothing")
def test_a_draft_typed_in_two_tabs_at_once_is_one_draft_as_last_typed(place):
    given = a_draft(place)
    other = given | {"fields": {"words": ["I can't sleep"]}}
    tabs = [
        as_act(place, "one tab", partial(drafts.keep, **given)),
        as_act(place, "the other", partial(drafts.keep, **other)),
    ]
    with Two() as two:
        assert all(one.won for one in two.at_once(*tabs))
    (kept,) = store.find(DRAFTS, id=given["draft_id"])
    # Whichever reached the row first, the text that was sent last is the one that stays.
    assert (kept.saved_at, kept.fields) == (tabs[1].at, other["fields"])
