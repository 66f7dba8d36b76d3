"""Whoever goes off duty leaves nobody empty-handed: whom they hold by name is offered on, and taken on."""

from datetime import timedelta
from uuid import uuid4

from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.journeys import clocks, holdings, rota
from nowrongdoor.kernel import store
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys.acts import colleague, lead


def on_duty(place, *, begins=0, hours=1, who=None, team="Front door"):
    rota.put_on(
        duty_id=(key := uuid4()), team_id=team and place.teams[team], member_id=(who or place.amir).member_id,
        rung="practitioner", phone="", from_at=place.at + timedelta(hours=begins),
        until_at=place.at + timedelta(hours=begins + hours), by=lead(place, "Front door"), at=place.later(),
    )  # fmt: skip
    return key


def offered_on(at):
    return rota.offer_on(ours=at, by=NOBODY, at=at)


def owed(referral_id):
    return store.find(PROMISES, referral_id=referral_id, kind="holder_off")


def test_before_a_duty_ends_whom_they_hold_is_offered_on_once_and_a_colleague_takes_them(place):
    referral_id = place.a_referral()
    on_duty(place)
    assert offered_on(place.later(minutes=20)) == 0, "there is time still"
    at = place.later(minutes=15)
    assert offered_on(at) == 1
    assert offered_on(place.later(minutes=15)) == 0
    (offered,) = owed(referral_id)
    assert (offered.owner_team_id, offered.owner_member_id) == (place.teams["Front door"], None)
    clocks.sweep(ours=at, by=NOBODY, at=at)
    assert store.peek(CLOCKS, offered.id).is_raised, "the team hears at once"
    (held,) = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
    assert held.member_id == place.amir.member_id, "nobody is let go meanwhile"
    holdings.take(referral_id=referral_id, by=colleague(place), at=place.later(), seen=held.version)
    assert [one.state for one in owed(referral_id)] == ["kept"]
    assert not store.peek(CLOCKS, offered.id).is_running
    assert offered_on(place.later(hours=3)) == 0


def test_whoever_falls_ill_is_relieved_at_once_and_whoever_stays_on_is_not(place):
    ill, on = place.a_referral(), place.a_referral(by=colleague(place))
    key = on_duty(place, hours=8)
    on_duty(place, who=colleague(place), hours=1)
    on_duty(place, who=colleague(place), begins=1, hours=8)
    rota.take_off(duty_id=key, words="Ill", by=lead(place, "Front door"), at=place.later(minutes=45), seen=1)
    assert offered_on(place.later()) == 1
    assert [len(owed(one)) for one in (ill, on)] == [1, 0]


def test_whoever_is_on_duty_for_every_team_is_relieved_too_and_once_whatever_ended_before(place):
    lou = lead(place, "Front door")
    referral_id = place.a_referral(by=lou)
    on_duty(place, who=lou, team=None)
    on_duty(place, who=lou, hours=0.5)
    assert offered_on(place.later(minutes=50)) == 1
    (held,) = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
    holdings.take(referral_id=referral_id, by=colleague(place), at=place.later(), seen=held.version)
    holdings.take(referral_id=referral_id, by=lou, at=place.later(), seen=held.version + 1)
    assert offered_on(place.later(minutes=30)) == 0, "it was answered, for the duty that ended last"


def test_somebody_without_a_duty_is_nobodys_business(place):
    place.a_referral()
    assert offered_on(place.later(hours=30)) == 0
