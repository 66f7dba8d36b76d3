"""Visits: asked for, given to a crew, followed to the door and back, and ended with what comes next."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.data.stages.facts import STAGES
from nowrongdoor.data.visits.facts import CREWS, GOINGS, SEATS, SKILLS, VISITS
from nowrongdoor.journeys import access_stages, loans, records
from nowrongdoor.journeys.records import Held
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agency, assigning, care_contact, joint_visit, sealing, visit
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.assigning import Busy
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.stage import Stage
from nowrongdoor.rules.visit_record import Asked, Going, Visit

HOLDER = "the team that holds this"
MEET = "meet"
OWN = "the team whose crews go on this visit"
ASKED = "the team that was asked along"


@transaction
def ask(*, visit_id: UUID, referral_id: UUID, asked: Asked, by: Viewer, at: datetime) -> None:
    """The team that holds somebody asks that a crew of it goes to them, to be there by a time."""
    agency.answers(store.steady(TEAMS, by.team_id))
    held = records.hold(referral_id)
    access.need(by, "visit.ask", at=at, team_id=held.holding.team_id, team=HOLDER)
    steps = visit.ask(visit_id, asked, about=held.referral, team_id=by.team_id, by=by.member_id, at=at)
    store.save(steps, by=by, at=at)


@transaction
def assign(
    *, visit_id: UUID, crew_id: UUID, leaves_at: datetime, words: str, by: Viewer, at: datetime, seen: int
) -> None:
    """
    A person gives the visit to a crew, which leaves at that time.

    Holds the crew before the visit, so that of two who give it something at once, or end its shift, the
    second is told who was first; the database lets nobody be in two visits.
    """
    crew = store.lock(CREWS, crew_id)
    one = store.lock(VISITS, visit_id, seen=seen)
    access.need(by, "visit.assign", at=at, team_id=one.team_id, team=OWN)
    seats = store.find(SEATS, crew_id=crew_id, until_at__after=at)  # whose seat has ended goes no more
    members = sorted(seat.member_id for seat in seats)
    steps = assigning.assign(
        one,
        crew,
        seats=seats,
        busy=_busy(members, at=at),
        skills=store.find(SKILLS, member_id__in=members),
        leaves_at=leaves_at,
        words=words,
        kept_from=loans.kept_from(_seals(store.peek(REFERRALS, one.referral_id)), members),
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def go_on(*, visit_id: UUID, step: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    The crew is one step further: told, on its way, there, with the person, or gone again.

    To be with the person is a contact face to face, where their team holds them: it stops those clocks, and
    begins that of a short intervention, where what the team offers has a limit to it.
    """
    held = records.hold(store.peek(VISITS, visit_id).referral_id)
    stages = store.lock_where(STAGES, referral_id=held.referral.id) if step == MEET else []
    one = store.lock(VISITS, visit_id, seen=seen)
    access.need(by, "visit.go_on", at=at, team_id=one.team_id, team=OWN)
    goings = _goings(one)
    steps = visit.go_on(
        one,
        step,
        goings=goings,
        elsewhere=_elsewhere(one, goings, at=at),
        about=held.referral,
        open_promises=records.open_promises(referral_id=one.referral_id),
        by=by.member_id,
        at=at,
    )
    store.save([*steps, *_contact(held, one, step, stages, by=by, at=at)], by=by, at=at)


@transaction
def check_in(*, visit_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """Whoever is alone on a visit says that they are safe; they say so again by the next time."""
    held, one = _still(visit_id, seen=seen)
    access.need(by, "visit.check_in", at=at, team_id=one.team_id, team=OWN)
    owed = records.open_promises(referral_id=one.referral_id)
    steps = visit.check_in(one, about=held.referral, open_promises=owed, by=by.member_id, at=at)
    store.save(steps, by=by, at=at)


@transaction
def finish(
    *, visit_id: UUID, outcome: str, next_step: str, words: str, by: Viewer, at: datetime, seen: int
) -> None:
    """Say what came of the visit and what comes next: whoever holds the person owes that from now on."""
    held, one = _still(visit_id, seen=seen)
    access.need(by, "visit.finish", at=at, team_id=one.team_id, team=OWN)
    others, owed = _beside(one), records.open_promises(referral_id=one.referral_id)
    steps = visit.finish(
        one,
        outcome=outcome,
        next_step=next_step,
        words=words,
        goings=_goings(one),
        holder_id=held.holding.team_id,
        about=held.referral,
        open_promises=owed,
        by=by.member_id,
        at=at,
    )
    told = {"others": others, "about": held.referral, "open_promises": owed, "words": joint_visit.OVER}
    store.save([*steps, *joint_visit.ended(one, **told, by=by.member_id, at=at)], by=by, at=at)


@transaction
def take_back(*, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Take the visit from its crew, with a reason: it waits for another, by the same time."""
    _, one = _still(visit_id, seen=seen)
    access.need(by, "visit.take_back", at=at, team_id=one.team_id, team=OWN)
    store.save(visit.take_back(one, words=words, goings=_goings(one), at=at), by=by, at=at)


@transaction
def stand_down(*, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    Decide, with a reason, that nobody goes after all. Whoever holds the person holds them still; the team of
    the other half of a joint visit is told, and owes an answer to that.
    """
    held, one = _still(visit_id, seen=seen)
    access.need(by, "visit.stand_down", at=at, team_id=one.team_id, team=OWN)
    others, owed = _beside(one), records.open_promises(referral_id=one.referral_id)
    steps = visit.stand_down(
        one, words=words, goings=_goings(one), open_promises=owed, by=by.member_id, at=at
    )
    told = {"others": others, "about": held.referral}
    down = joint_visit.stood_down(one, **told, at=at)
    said = {"open_promises": owed, "words": joint_visit.NOT_GOING, "by": by.member_id}
    store.save([*steps, *down, *joint_visit.ended(one, **told, **said, at=at)], by=by, at=at)


@transaction
def ask_along(
    *,
    visit_id: UUID,
    half_id: UUID,
    team_id: UUID,
    need: str,
    meet_at: datetime | None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """
    The team whose crew goes asks another to come along to its visit, with a crew of its own.

    They owe an answer by a time, and take part in the person's care while they do. They are held by
    whoever holds them, whatever the answer.
    """
    team = store.steady(TEAMS, team_id)
    held, one = _still(visit_id, seen=seen)
    access.need(by, "visit.ask_along", at=at, team_id=one.team_id, team=OWN)
    steps = joint_visit.ask_along(
        one,
        half_id=half_id,
        team=team,
        need=need,
        meet_at=meet_at,
        others=_beside(one),
        is_kept_from=_is_kept_from(team, held),
        about=held.referral,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def come_along(*, visit_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """The team that was asked says yes: from now on its half is a visit of its own, and waits for a crew."""
    agency.answers(store.steady(TEAMS, by.team_id))
    held, one = _still(visit_id, seen=seen)
    access.need(by, "visit.come_along", at=at, team_id=one.team_id, team=ASKED)
    owed = records.open_promises(referral_id=one.referral_id)
    steps = joint_visit.come_along(
        one, about=held.referral, open_promises=owed, by=by.member_id, at=at
    )
    store.save(steps, by=by, at=at)

@transaction
def move_meeting(
    *, visit_id: UUID, meet_at: datetime | None, by: Viewer, at: datetime, seen: int
) -> None:
    """Say anew when both crews of a joint visit meet at the door; whoever comes along is told."""
    held, one = _still(visit_id, seen=seen)
    access.need(by, "visit.move_meeting", at=at, team_id=one.team_id, team=OWN)
    told = {"others": _beside(one), "about": held.referral}
    store.save(joint_visit.move_meeting(one, meet_at=meet_at, **told, at=at), by=by, at=at)


@transaction
def note_others(*, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Say on the visit who else was asked by telephone, who answered, and when they said they come."""
    one = store.lock(VISITS, visit_id, seen=seen)
    access.need(by, "visit.note_others", at=at, team_id=one.team_id, team=OWN)
    store.save([joint_visit.note_others(one, words=words)], by=by, at=at)


def _still(visit_id: UUID, *, seen: int) -> tuple[Held, Visit]:
    """The visit and whoever holds its person, held still."""
    held = records.hold(store.peek(VISITS, visit_id).referral_id)
    return held, store.lock(VISITS, visit_id, seen=seen)


def _is_kept_from(team: Team, held: Held) -> bool:
    """Whether a seal on this person, or on something of theirs, keeps them safe from it or from one of it."""
    found = _seals(held.referral)
    named = sorted(sealing.named(found))
    works = store.find(MEMBERSHIPS, team_id=team.id, member_id__in=named, until_at=None) if named else []
    return sealing.keeps_safe_from(team, found, members={one.member_id for one in works})


def _seals(about: Referral) -> list[Seal]:
    """What stands sealed of this referral, and of the person it is about."""
    keys = {"referral_id": about.id, "person_id": about.person_id}
    return [
        one
        for column, key in keys.items()
        if key is not None
        for one in store.find(SEALS, **{column: key}, lifted_at=None)
    ]


def _beside(one: Visit) -> list[Visit]:
    """The other open visits to this person, of whichever team, held still."""
    found = store.lock_where(VISITS, referral_id=one.referral_id, ended_at=None)
    return [other for other in found if other.id != one.id]


def _goings(one: Visit) -> list[Going]:
    """Who goes on it now. Held with their visit: they change in no act that does not hold it."""
    found = store.find(GOINGS, visit_id=one.id) if one.crew_id else []
    return visit.now_going(one, found)


def _elsewhere(one: Visit, goings: Iterable[Going], *, at: datetime) -> list[Visit]:
    """The other visits these people have set off to and not left."""
    mine = [going.member_id for going in goings]
    found = store.find(GOINGS, member_id__in=mine, is_under_way=True)
    return store.find(VISITS, id__in=[going.visit_id for going in found if going.visit_id != one.id])


def _busy(members: Iterable[UUID], *, at: datetime) -> list[Busy]:
    """What these people are planned on from now on, or are on still, and the visit it is for."""
    mine = sorted(members)
    found = store.find(GOINGS, member_id__in=mine, until_at__after=at)
    found += store.find(GOINGS, member_id__in=mine, is_under_way=True)
    goings = list({one.id: one for one in found}.values())
    visits = {one.id: one for one in store.find(VISITS, id__in=[one.visit_id for one in goings])}
    return [(one, visits[one.visit_id]) for one in goings]


def _contact(
    held: Held, one: Visit, step: str, stages: Sequence[Stage], *, by: Viewer, at: datetime
) -> Steps:
    if step != MEET or held.holding.team_id != by.team_id:
        return ()
    seen = care_contact.record(
        held.referral,
        stages=stages,
        care_contact_id=uuid5(one.id, MEET),
        way=care_contact.FACE_TO_FACE,
        words="On a visit.",
        happened_at=None,
        team_id=by.team_id,
        by=by.member_id,
        at=at,
    )
    return (*seen, *access_stages.met(held.referral, stages=stages, by=by, at=at))
