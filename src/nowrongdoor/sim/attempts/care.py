"""
Attempts on referrals: taking in, triage, handing over, holding and closing.
"""

from datetime import datetime, timedelta

from nowrongdoor.rules.holding import ReHoming
from nowrongdoor.rules.statutory import StatutoryClock, StatutoryKind
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.words import PromiseKind
from nowrongdoor.sim.attempts import asked_service
from nowrongdoor.sim.mischief import Mischief

REASONS = ("not_ours", "no_capacity", "person_asked", "out_of_area")


def refer(luck: Mischief, at: datetime) -> None:
    luck.world.referrals.refer(
        referral_id=luck.new(luck.referrals),
        holding_id=luck.chance.id(),
        person_id=luck.pick(luck.people) if luck.people else None,
        contact_id=luck.pick(luck.contacts) if luck.contacts else None,
        needs=(luck.code("mental", "housing"),),
        request="Please see them.",
        words="",
        by=luck.anyone(),
        at=at,
    )


def begin(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    luck.world.referrals.begin(
        referral_id=key,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def close(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    luck.world.referrals.close(
        referral_id=key,
        outcome=luck.code("help_given", "plan_agreed", "duplicate"),
        told=luck.words(),
        told_by=luck.code("us", "carer"),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def reopen(luck: Mischief, at: datetime) -> None:
    key = luck.pick(luck.referrals)
    known = luck.closed_first(key)
    luck.world.referrals.reopen(
        referral_id=known.id if known else key,
        holding_id=luck.chance.id(),
        why=luck.words(),
        by=luck.anyone(),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def accept_here(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    luck.world.triage.accept_here(
        referral_id=key,
        decision=luck.decision(),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def hand_on(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    decision, new, to = luck.decision(), luck.new(luck.handovers), luck.team()
    luck.world.triage.hand_on(
        referral_id=key,
        decision=decision,
        handover_id=new,
        to_team_id=to,
        message=luck.message(),
        service_id=asked_service.of_theirs(luck, to, of=key),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def ask(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    promise_id = luck.new(luck.promises)
    luck.world.triage.ask(
        referral_id=key,
        promise_id=promise_id,
        asked_of="GP practice",
        words=luck.words(),
        due_at=luck.due(at),
        waits_for=(PromiseKind.INFORMATION, PromiseKind.THE_PERSON)[promise_id.int % 2],
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def advise(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    luck.world.triage.advise(
        referral_id=key,
        decision=luck.decision(),
        told=luck.words(),
        told_by="us",
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def duplicate_of(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    luck.world.triage.duplicate_of(
        referral_id=key,
        other_id=luck.other_about(known.person_id if known else None),
        told=luck.words(),
        told_by="us",
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def offer(luck: Mischief, at: datetime) -> None:
    key, known, held = luck.referral()
    new, to = luck.new(luck.handovers), luck.team()
    luck.world.handovers.offer(
        referral_id=key,
        handover_id=new,
        to_team_id=to,
        message=luck.message(),
        attachments=luck.files(),
        service_id=asked_service.of_theirs(luck, to, of=key),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def accept(luck: Mischief, at: datetime) -> None:
    key, known = luck.handover()
    luck.world.handovers.accept(
        handover_id=key,
        read_back=luck.words(),
        holding_id=luck.chance.id(),
        by=luck.one_of_team(known.receiver_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def send_back(luck: Mischief, at: datetime) -> None:
    key, known = luck.handover()
    reason = luck.code(*REASONS)
    to = luck.team() if luck.chance.random() < 0.93 else None
    luck.world.handovers.send_back(
        handover_id=key,
        reason=reason,
        words="",
        next_team_id=to,
        next_handover_id=luck.new(luck.handovers),
        next_service_id=asked_service.of_theirs(luck, to, of=key),
        by=luck.one_of_team(known.receiver_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def withdraw(luck: Mischief, at: datetime) -> None:
    key, known = luck.handover()
    luck.world.handovers.withdraw(
        handover_id=key,
        reason=luck.code("changed", "mistake"),
        words="",
        by=luck.one_of_team(known.giver_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def chase(luck: Mischief, at: datetime) -> None:
    key, known = luck.handover()
    luck.world.handovers.chase(
        handover_id=key,
        chase_id=luck.new(luck.chases),
        how=luck.code("phone", "message", "in_person"),
        words=luck.words(),
        by=luck.one_of_team(known.giver_team_id if known else None),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def deliver(luck: Mischief, at: datetime) -> None:
    key, _ = luck.handover()
    luck.world.handovers.deliver(handover_id=key, by=NOBODY, at=at)


def receive(luck: Mischief, at: datetime) -> None:
    key, known = luck.handover()
    luck.world.handovers.receive(
        handover_id=key, by=luck.one_of_team(known.receiver_team_id if known else None), at=at
    )


def record_contact(luck: Mischief, at: datetime) -> None:
    key, _, held = luck.referral()
    happened_at = at - timedelta(hours=3) * luck.chance.random() if luck.chance.random() < 0.5 else None
    luck.world.care_contacts.record(
        care_contact_id=luck.new(luck.care_contacts),
        referral_id=key,
        way=luck.code("telephone", "face_to_face", "tried", "video"),
        words="",
        happened_at=happened_at,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def take(luck: Mischief, at: datetime) -> None:
    key, _, held = luck.referral()
    luck.world.holdings.take(
        referral_id=key,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(held.version if held else 1),
    )


def accept_re_homed(luck: Mischief, at: datetime) -> None:
    """Mostly one that its team holds by now; now and then one that has passed on, or was answered."""
    moved: ReHoming | None = luck.tables[ReHoming].get(luck.pick(luck.re_homings))
    held = luck.world.referrals.open_holding(moved.referral_id) if moved else None
    luck.world.holdings.accept_re_homed(
        re_homing_id=moved.id if moved else luck.chance.id(),
        read_back=luck.words(),
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(moved.version if moved else 1),
    )


def begin_statutory(luck: Mischief, at: datetime) -> None:
    key, _, held = luck.referral()
    since = at - timedelta(hours=30) * luck.chance.random() if luck.chance.random() < 0.5 else None
    luck.world.statutory.begin(
        clock_id=luck.new(luck.statutory),
        referral_id=key,
        kind=luck.code(*StatutoryKind),
        words=luck.words(),
        started_at=since,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def extend_statutory(luck: Mischief, at: datetime) -> None:
    """Mostly for the person's condition; now and then because nobody could be found."""
    one: StatutoryClock | None = luck.tables[StatutoryClock].get(luck.pick(luck.statutory))
    held = luck.world.referrals.open_holding(one.referral_id) if one else None
    luck.world.statutory.extend(
        clock_id=one.id if one else luck.chance.id(),
        reason=luck.code("distressed", "intoxicated", "unwell", "no_professional"),
        doctor=luck.words(),
        words=luck.words(),
        hours=luck.chance.one_of((None, 4, 12, 13)),
        decided_at=None,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def end_statutory(luck: Mischief, at: datetime) -> None:
    one: StatutoryClock | None = luck.tables[StatutoryClock].get(luck.pick(luck.statutory))
    held = luck.world.referrals.open_holding(one.referral_id) if one else None
    luck.world.statutory.end(
        clock_id=one.id if one else luck.chance.id(),
        outcome=luck.code("assessed", "admitted", "enquiry", "reviewed"),
        words=luck.words(),
        ended_at=None,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )
