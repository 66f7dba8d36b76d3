"""
Crews are put on, sent and fall sick, and visits gone on with; now and then twice, out of turn or too late.

Whoever's telephone dies says no more that they are safe: nothing here makes up for it but what climbs.
"""

from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules.crew import Crew, Seating
from nowrongdoor.rules.visit import MOVES, STEPS
from nowrongdoor.rules.visit_record import Asked, Visit
from nowrongdoor.sim.mischief import Mischief

ROLES = ("nurse", "support_worker", "therapist")
AREAS = ("millbrook", "castle_bridge_east", "saltings")
NEEDED = ("falls", "medicines", "medicines", "amhp")
AT_THE_DOOR = ("seen", "seen", "not_at_home", "not_at_home", "taken_elsewhere")


def put_on(luck: Mischief, at: datetime) -> None:
    """One or two of a team with somebody to visit, mostly; now and then one who sits in another crew."""
    asked = _visit(luck, "assign")
    by = luck.one_of_team(asked.team_id if asked else None)
    staff = luck.of_team.get(by.team_id) or [by]
    named = [luck.chance.one_of(staff) for _ in range(luck.chance.one_of((1, 1, 2)))]
    luck.world.crews.put_on(
        crew_id=luck.new(luck.crews),
        name=luck.words(),
        base=luck.code(*AREAS),
        travel=luck.code("car", "cycle"),
        device="",
        from_at=at,
        until_at=at + timedelta(hours=luck.chance.one_of((-1, 8, 10, 12, 12, 12, 12, 15))),
        seatings=[Seating(one.member_id, luck.code(*ROLES), ("falls",)) for one in named],
        by=by,
        at=at,
    )


def end(luck: Mischief, at: datetime) -> None:
    """Somebody falls sick: mostly what the crew had was taken back before; now and then not all of it was."""
    known: dict[UUID, Crew] = luck.tables[Crew]
    busy = luck.world.rows.indexes.visits_of_crew
    free = [key for key in luck.crews if known[key].is_on(at) and not busy.of(key)]
    is_free = free and luck.chance.random() < 0.6
    one = known.get(luck.chance.one_of(free) if is_free else luck.pick(luck.crews))
    luck.world.crews.end(
        crew_id=one.id if one else luck.chance.id(),
        words=luck.words(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def ask(luck: Mischief, at: datetime) -> None:
    key, _, held = luck.referral()
    two = ("no such rule",) if luck.chance.random() < 0.02 else ()
    if luck.chance.random() < 0.2:
        two = ("entry_hazard",)
    asked = Asked(
        luck.words(), "1 Mill Lane", luck.code(*AREAS), pair_rules=two,
        skills=(luck.code(*NEEDED),) if luck.chance.random() < 0.4 else (),
        minutes=luck.chance.one_of((*range(10, 100, 10), 0)), due_at=luck.due(at),
    )  # fmt: skip
    luck.world.visits.ask(
        visit_id=luck.new(luck.visits),
        referral_id=key,
        asked=asked,
        by=luck.one_of_team(held.team_id if held else None),
        at=at,
    )


def assign(luck: Mischief, at: datetime) -> None:
    """To a crew of the team that is on shift, mostly; it may be elsewhere, too few, or at home by then."""
    crews: list[Crew] = [luck.tables[Crew][key] for key in luck.crews]
    visits: list[Visit] = [luck.tables[Visit][key] for key in luck.visits]
    waits = [one for one in visits if one.state in MOVES["assign"]]
    fit = [(one, crew) for one in waits for crew in crews if crew.team_id == one.team_id and crew.is_on(at)]
    is_fit = fit and luck.chance.random() < 0.9
    one, crew = luck.chance.one_of(fit) if is_fit else (_visit(luck, "assign"), None)
    luck.world.visits.assign(
        visit_id=one.id if one else luck.chance.id(),
        crew_id=crew.id if crew else luck.pick(luck.crews),
        leaves_at=at + timedelta(minutes=luck.chance.randrange(-10, 90)),
        words="" if luck.chance.random() < 0.2 else luck.words(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def go_on(luck: Mischief, at: datetime) -> None:
    """The next step of a visit that is under way, mostly; now and then one out of turn."""
    one = _visit(luck, *STEPS)
    fit = [step for step in STEPS if one is not None and one.state in MOVES[step]]
    luck.world.visits.go_on(
        visit_id=one.id if one else luck.chance.id(),
        step=luck.chance.one_of(fit) if fit and luck.chance.random() < 0.9 else luck.code(*STEPS),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def check_in(luck: Mischief, at: datetime) -> None:
    one = _visit(luck, "finish")
    luck.world.visits.check_in(
        visit_id=one.id if one else luck.chance.id(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def finish(luck: Mischief, at: datetime) -> None:
    one = _visit(luck, "finish")
    luck.world.visits.finish(
        visit_id=one.id if one else luck.chance.id(),
        outcome=luck.code(*AT_THE_DOOR),
        next_step=luck.code("plan", "hand_over", "close"),
        words=luck.words(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def take_back(luck: Mischief, at: datetime) -> None:
    one = _visit(luck, "take_back")
    luck.world.visits.take_back(
        visit_id=one.id if one else luck.chance.id(),
        words=luck.words(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def stand_down(luck: Mischief, at: datetime) -> None:
    one = _visit(luck, "stand_down")
    luck.world.visits.stand_down(
        visit_id=one.id if one else luck.chance.id(),
        words=luck.words(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def ask_along(luck: Mischief, at: datetime) -> None:
    """Another team is asked along, mostly to a visit that goes on; now and then one's own, or twice."""
    one = _visit(luck, "assign", "finish", "stand_down")
    luck.world.visits.ask_along(
        visit_id=one.id if one else luck.chance.id(),
        half_id=luck.new(luck.visits),
        team_id=luck.team(),
        need=luck.words(),
        meet_at=luck.due(at),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def come_along(luck: Mischief, at: datetime) -> None:
    one = _visit(luck, "come_along")
    luck.world.visits.come_along(
        visit_id=one.id if one else luck.chance.id(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def move_meeting(luck: Mischief, at: datetime) -> None:
    """Of a joint visit, mostly; now and then of one to which nobody else goes."""
    found: list[Visit] = [luck.tables[Visit][key] for key in luck.visits]
    joint = {one.joint_with_id for one in found} - {None}
    fit = [one for one in found if one.ended_at is None and (one.joined_at or one.id in joint)]
    one = luck.chance.one_of(fit) if fit and luck.chance.random() < 0.9 else _visit(luck, "assign")
    luck.world.visits.move_meeting(
        visit_id=one.id if one else luck.chance.id(),
        meet_at=luck.due(at) or at + timedelta(minutes=45),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def note_others(luck: Mischief, at: datetime) -> None:
    one = _visit(luck, "assign", "finish")
    luck.world.visits.note_others(
        visit_id=one.id if one else luck.chance.id(),
        words=luck.words(),
        by=luck.one_of_team(one.team_id if one else None),
        at=at,
        seen=luck.seen(one.version if one else 1),
    )


def _visit(luck: Mischief, *verbs: str) -> Visit | None:
    """A visit that may be so far, mostly."""
    found: list[Visit] = [luck.tables[Visit][key] for key in luck.visits]
    fit = [one for one in found if any(one.state in MOVES[verb] for verb in verbs)]
    if fit and luck.chance.random() < 0.9:
        return luck.chance.one_of(fit)
    return luck.chance.one_of(found) if found else None
