"""
An alarm: something in how a person's care goes has gone wrong, and somebody who can act must hear of it now.

Some follow from rows, so that nobody can forget to raise them: a person passed round in a loop, contact
after contact about one person, a person whom nobody can reach, a team that cannot be reached about an offer,
a no for want of capacity. Others a person raises: partners who disagree. Each is a promise that a team owes
an answer to: it has a clock and a ladder, is told at once, and ends only by a person's act. How often is too
often is dated data.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules import care_contact, promise
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.change import Step, Steps
from nowrongdoor.rules.chase import Chase
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.rota import Duty
from nowrongdoor.rules.words import HandoverState, PromiseKind, PromiseState

NO_CAPACITY = "no_capacity"
HOLDER_OFF = PromiseKind.HOLDER_OFF
AT_WORK = "practitioner"
WORDS = {
    PromiseKind.LOOP: "Passed round between teams. Settle who holds them, and tell them who it is.",
    PromiseKind.REPEATED_CONTACT: "Contact after contact about one person. Look at them together, and act.",
    PromiseKind.HOLDER_OFF: "The duty of whoever holds them by name ends. Take them on by name.",
    PromiseKind.LOST_TO_CONTACT: "Tried again and again, and nobody reached them. Find another way, or "
    "somebody who sees them.",
    PromiseKind.NO_CAPACITY: "The team that was asked cannot respond in time. Find who can.",
    PromiseKind.PARTNER_UNREACHABLE: "The team that was asked cannot be reached. Reach them another way, or "
    "offer it to somebody else.",
}


@dataclass(frozen=True)
class Elsewhere:
    """What became of the other referrals of the same person: offers, holdings, what is owed."""

    offers: Collection[Handover] = ()
    left: Collection[Holding] = ()
    promises: Collection[Promise] = ()

    def returns(self, *, at: datetime) -> int:
        """How many of those offers were returned lately."""
        since = at - timedelta(days=seeing.most("loop_days", at=at))
        return sum(
            one.state == HandoverState.RETURNED
            and one.answered_at is not None
            and since < one.answered_at <= at
            for one in self.offers
        )

    @property
    def is_told(self) -> bool:
        """That they are passed round stands raised already on one of the others, and climbs there."""
        return any((one.kind, one.state) == (PromiseKind.LOOP, PromiseState.OPEN) for one in self.promises)


def after_return(
    referral: Referral,
    *,
    returned: Handover,
    before: Iterable[Handover],
    elsewhere: Elsewhere,
    holder_id: UUID,
    open_promises: Collection[Promise],
    at: datetime,
) -> Steps:
    """
    An offer was returned: as often as is one time too many, the person is being passed round; and a no for
    want of capacity is told to somebody who can find some. `before` are the other offers of the referral,
    `elsewhere` what became of the person's other ones: returned once here and once there is twice.
    """
    since = referral.reopened_at or referral.received_at
    times = 1 + sum(one.state == HandoverState.RETURNED and one.offered_at >= since for one in before)
    most = seeing.most("loop_returns", at=at)
    kinds = []
    if times >= most or (times + elsewhere.returns(at=at) >= most and not elsewhere.is_told):
        kinds.append(PromiseKind.LOOP)
    if returned.reason == NO_CAPACITY:
        kinds.append(PromiseKind.NO_CAPACITY)
    return tuple(
        step
        for kind in kinds
        for step in _of_referral(kind, returned.id, referral, holder_id, open_promises, at=at)
    )


def after_acceptance(
    referral: Referral,
    *,
    accepted: Handover,
    before: Iterable[Holding],
    elsewhere: Elsewhere,
    open_promises: Collection[Promise],
    at: datetime,
) -> Steps:
    """
    The person is back at a door they left within the hour, by this referral or by another of theirs: they are
    being passed round.
    """
    team_id = accepted.receiver_team_id
    is_back = _came_back(before, team_id=team_id, at=at)
    if not is_back and (elsewhere.is_told or not _came_back(elsewhere.left, team_id=team_id, at=at)):
        return ()
    return _of_referral(PromiseKind.LOOP, accepted.id, referral, team_id, open_promises, at=at)


def after_chase(
    referral: Referral,
    *,
    offered: Handover,
    chase_id: UUID,
    chases: Sequence[Chase],
    open_promises: Collection[Promise],
    at: datetime,
) -> Steps:
    """The receiver was asked after its answer, this time included, as often as is too often."""
    if len(chases) + 1 < seeing.most("unreachable_chases", at=at):
        return ()
    kind = PromiseKind.PARTNER_UNREACHABLE
    return _of_referral(kind, chase_id, referral, offered.giver_team_id, open_promises, at=at)


def after_try(
    referral: Referral,
    *,
    tried: CareContact,
    others: Iterable[CareContact],
    holder_id: UUID,
    open_promises: Collection[Promise],
    at: datetime,
) -> Steps:
    """
    Nobody could reach the person, this time included, as often as is too often since they were reached last:
    they are lost to contact. `others` are the other care contacts of the referral, tries included.
    """
    if not care_contact.is_try(tried.way, at=at):
        return ()
    since = referral.reopened_at or referral.received_at
    known = [one for one in others if one.id != tried.id and one.happened_at >= since]
    reached = [one.happened_at for one in known if not care_contact.is_try(one.way, at=at)]
    last = max(reached, default=since)
    times = [
        one for one in (tried, *known) if care_contact.is_try(one.way, at=at) and one.happened_at >= last
    ]
    # Told later, and they have been reached since: nobody is lost.
    if tried.happened_at < last or len(times) < seeing.most("lost_tries", at=at):
        return ()
    return _of_referral(PromiseKind.LOST_TO_CONTACT, tried.id, referral, holder_id, open_promises, at=at)


def after_contact(
    contact_id: UUID,
    *,
    person_id: UUID,
    team_id: UUID,
    happened_at: datetime,
    others: Iterable[Contact],
    left: Iterable[Holding],
    open_promises: Iterable[Promise],
    at: datetime,
) -> Steps:
    """
    Somebody was in touch about a person, whoever they were: so often within a day raises it, and never merges
    it away; so does being back at a door left within the hour. What counts is when each happened, whenever it
    was told: what is keyed in from paper may be the first of three. `others` are the other contacts about
    them within a day of this one, `left` their holdings that ended.
    """
    kinds = []
    if _is_too_often(happened_at, [one.happened_at for one in others if one.id != contact_id], at=at):
        kinds.append(PromiseKind.REPEATED_CONTACT)
    if _came_back(left, team_id=team_id, at=at):
        kinds.append(PromiseKind.LOOP)
    stands = {one.kind for one in open_promises if one.state == PromiseState.OPEN}
    return tuple(
        _make(kind, uuid5(contact_id, kind), team_id, at=at, person_id=person_id)
        for kind in kinds
        if kind not in stands
    )


def after_duty(
    ending: Collection[Duty],
    *,
    duties: Collection[Duty],
    holdings: Iterable[Holding],
    teams: Iterable[Team],
    promises: Iterable[Promise],
    person_of: Mapping[UUID, UUID | None],
    at: datetime,
) -> Steps:
    """
    Whoever is at work for a team, or for all of its agency, will soon not be, or was taken off: all they
    hold by name is offered to their colleagues, before it is empty-handed, once for each duty. Taking it on
    by name answers it.

    Of several duties the one that ends last counts, and none that was over before it began. `ending` are
    duties that end or have ended, `duties` all of those members', `holdings` what is held now, `teams` those
    that hold it, `promises` what is or was owed on it, `person_of` whom each referral is about. A team that
    has closed is asked for nothing: what it held has passed on.
    """
    soon = at + timedelta(minutes=seeing.most("holder_off_minutes", at=at))
    made = {one.id for one in promises}
    stands = {one.referral_id for one in promises if (one.kind, one.state) == (HOLDER_OFF, PromiseState.OPEN)}
    agency_of = {one.id: one.agency_id for one in teams if one.closed_at is None}
    steps = []
    for held in holdings:
        if held.team_id not in agency_of or held.referral_id in stands:
            continue
        theirs = [one for one in duties if _is_at_work(one, held, agency_of[held.team_id])]
        over = [one for one in ending if _is_at_work(one, held, agency_of[held.team_id])]
        over = [one for one in over if one.from_at < one.ends_at <= soon]
        if not over or any(one.from_at <= soon < one.ends_at for one in theirs):
            continue
        last = max(over, key=lambda one: (one.ends_at, one.id))
        key = uuid5(held.id, str(last.id))
        if key not in made:
            about = {"referral_id": held.referral_id, "person_id": person_of.get(held.referral_id)}
            steps.append(_make(HOLDER_OFF, key, held.team_id, at=at, **about))
    return tuple(steps)


def _is_at_work(duty: Duty, held: Holding, agency_id: UUID) -> bool:
    """The duty is at work, of whoever holds this by name, for the team they hold it in."""
    whose = (duty.rung, duty.agency_id, duty.member_id) == (AT_WORK, agency_id, held.member_id)
    return whose and duty.team_id in (held.team_id, None)


def day_around(happened_at: datetime, *, at: datetime) -> tuple[datetime, datetime]:
    """Between which instants a contact lies that can count with one that happened then."""
    within = timedelta(hours=seeing.most("repeat_hours", at=at))
    return happened_at - within, happened_at + within


def _is_too_often(happened_at: datetime, others: Iterable[datetime], *, at: datetime) -> bool:
    """In some day that holds this contact there are as many as raise it."""
    since, until = day_around(happened_at, at=at)
    within = until - happened_at
    near = sorted([happened_at, *(one for one in others if since < one < until)])
    most = seeing.most("repeat_contacts", at=at)
    return any(last - first < within for first, last in zip(near, near[most - 1 :], strict=False))


def _came_back(left: Iterable[Holding], *, team_id: UUID, at: datetime) -> bool:
    since = at - timedelta(minutes=seeing.most("loop_minutes", at=at))
    return any(one.team_id == team_id and one.until_at and since <= one.until_at <= at for one in left)


def _of_referral(
    kind: PromiseKind,
    subject_id: UUID,
    referral: Referral,
    team_id: UUID,
    open_promises: Collection[Promise],
    *,
    at: datetime,
) -> Steps:
    """One that stands already is not raised beside itself: it climbs until somebody acts."""
    if any(one.kind == kind and one.state == PromiseState.OPEN for one in open_promises):
        return ()
    made = _make(
        kind, uuid5(subject_id, kind), team_id, at=at, referral_id=referral.id, person_id=referral.person_id
    )
    return (made,)


def _make(
    kind: PromiseKind,
    key: UUID,
    team_id: UUID,
    *,
    at: datetime,
    person_id: UUID | None,
    referral_id: UUID | None = None,
) -> Step:
    return promise.make(
        promise_id=key,
        kind=kind,
        team_id=team_id,
        member_id=None,
        words=WORDS[kind],
        due_at=None,
        at=at,
        referral_id=referral_id,
        person_id=person_id,
        by_rows=True,
    )
