"""
Those who decide what others may know: shared with a team that helps too, taken back when the person asks,
read by a carer, shared without consent to keep someone safe, and kept from everyone else.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from nowrongdoor.rules import access
from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.circle import Somebody
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against
from nowrongdoor.rules.sharing import Grounds
from nowrongdoor.sim.actors.shift import MINUTE, Shift

LOOKED_THROUGH, TRIES = 12, 5
AGREED = Grounds("consent", "They would like the other team to know what helps.", "yes")
EXPECTED = Grounds("implied", "They see both teams and expect them to talk.", "yes")
DANGER = "Somebody who comes to the door takes money, and has threatened them. They asked us to tell nobody."
HIDDEN = "Has moved away from someone who looks for them and volunteers there."
PRIVATE = "They do not want anybody else to know that they come to us."
NO_MORE = "They have changed their mind and would rather tell it themselves."
NURSES = ("district", "district_bridge", "therapy", "rapid")
MINDS = ("cmht", "cmht_bridge", "crisis", "later_life")
COUNCIL = ("asc", "reablement", "tenancy")


def come(shift: Shift, *, until: datetime, start: datetime) -> None:
    """Written into the diary, in the days before the present."""
    for before, do in SCENES:
        if until - before > start:
            shift.later(until - before, partial(do, shift))


def share(shift: Shift, givers: tuple[str, ...], to: str, grounds: Grounds, *, ends: bool) -> None:
    """A team tells another what it knows of a person it holds; some ask that it ends again."""
    if to in shift.closed:
        return
    for _ in range(TRIES):
        found = held(shift, givers, "sharing.decide", but_not=to)
        if found is None:
            return
        referral, by = found
        decision_id = shift.id()
        try:
            shift.place.sharing.decide(
                decision_id=decision_id,
                person_id=known(referral),
                to_team_id=shift.roster.team_id(to),
                purpose="care_act" if to in ("asc", "safeguarding") else "direct_care",
                grounds=grounds,
                by=by,
                at=shift.tick(),
            )
        except Refused:  # they know already, by an offer
            continue
        if ends:
            shift.after(MINUTE * 20, partial(withdraw, shift, decision_id, by))
        return


def withdraw(shift: Shift, decision_id: UUID, by: Viewer) -> None:
    """The person asks that it ends; whoever decided it is there to write that down."""
    if by in shift.roster.staff[shift.roster.key_of(by.team_id)]:
        shift.place.sharing.withdraw(decision_id=decision_id, words=NO_MORE, by=by, at=shift.tick(), seen=1)


def override(shift: Shift, givers: tuple[str, ...], to: str) -> None:
    """Told without consent, because somebody may come to harm; a review is asked for with it."""
    found = held(shift, givers, "sharing.override", but_not=to)
    if found is None or to in shift.closed:
        return
    referral, by = found
    shift.place.sharing.override(
        decision_id=shift.id(),
        person_id=known(referral),
        to_team_id=shift.roster.team_id(to),
        words=DANGER,
        told="would_harm",
        by=by,
        at=shift.tick(),
    )


def restrict(shift: Shift, teams: tuple[str, ...], against: str) -> None:
    """Nobody else is to find this person: not by name, number or place, and least where that one works."""
    found = held(shift, teams, "seal.put")
    if found is not None:
        works_there = Against(shift.roster.staff[against][0].agency_id)
        _seal(shift, found[1], why="in_danger", words=HIDDEN, person_id=known(found[0]), against=works_there)


def seal(shift: Shift, teams: tuple[str, ...]) -> None:
    """One referral is nobody else's business."""
    found = held(shift, teams, "seal.put")
    if found is not None:
        _seal(shift, found[1], why="asked", words=PRIVATE, referral_id=found[0].id)


def _seal(
    shift: Shift,
    by: Viewer,
    *,
    why: str,
    words: str,
    person_id: UUID | None = None,
    referral_id: UUID | None = None,
    against: Against = NOBODY_NAMED,
) -> None:
    shift.place.seals.put(
        seal_id=shift.id(),
        person_id=person_id,
        referral_id=referral_id,
        contact_id=None,
        why=why,
        words=words,
        against=against,
        by=by,
        at=shift.tick(),
    )


def permit(shift: Shift, teams: tuple[str, ...]) -> None:
    """Somebody asks that their sister may read who helps them and by when."""
    found = held(shift, teams, "permission.give")
    if found is not None:
        shift.place.permissions.give(
            permission_id=shift.id(),
            person_id=known(found[0]),
            carer_name="Rosa Bright",
            carer_is="Sister",
            elements=("answerable", "identity", "own_words", "response"),
            how="told_us",
            words="My sister helps me with the calls. She may read who is coming, and when.",
            until_at=None,
            by=found[1],
            at=shift.tick(),
        )


ABOUT = (
    Said("important", "answered", (), "My dog Bess. Ask how she is before you ask me.", "person", "", "own"),
    Said("communication", "answered", ("text_only", "speak_slowly"), "I do not pick up.", "person", "",
         "own"),
    Said("language", "answered", ("urd", "eng"), said_by="close", said_by_name="Rosa Bright"),
    Said("interpreter", "answered", ("spoken", "not_family"), "Not her son.", "close", "Rosa Bright",
         "theirs"),
    Said("adjustments", "answered", ("quiet", "same_staff"), said_by="professional"),
    Said("do_and_dont", "answered", (), "Please sit down. Please don’t stand in the door.", "person", "",
         "own"),
    Said("next_of_kin", "declined", said_by="person"),
    Said("advocate", "not_known", said_by="close", said_by_name="Rosa Bright"),
)  # fmt: skip


CIRCLE = (
    Somebody("Rosa Bright", "sister", ("carer", "emergency"), "07700 900331", "", "any_time", "all",
             "She rings each evening.", "person"),
    Somebody("Jamie Bright", "child", ("young_carer", "lives_with"), "", "not_asked", "emergency", "some",
             "That I am safe, and who comes tomorrow. Nothing of the medicines.", "person"),
    Somebody("Ned Farrow", "former_partner", (), "07700 900332", "", "never", "nothing",
             "He must not know where I am.", "person"),
    Somebody("Dr Okoro", "gp", (), "", "declined", "not_known", "not_asked", "", "close"),
)  # fmt: skip


def tell_about(shift: Shift, teams: tuple[str, ...]) -> None:
    """Somebody says how to speak with them and what matters, some of it by way of their sister."""
    found = held(shift, teams, "about_me.answer")
    if found is None:
        return
    for said in ABOUT:
        shift.place.about_me.answer(
            answer_id=shift.id(),
            person_id=known(found[0]),
            said=said,
            replaces_id=None,
            by=found[1],
            at=shift.tick(),
        )
    for told in CIRCLE:
        shift.place.circle.enter(
            entry_id=shift.id(), person_id=known(found[0]), told=told, by=found[1], at=shift.tick()
        )


def held(
    shift: Shift, teams: tuple[str, ...], act: str, *, but_not: str = ""
) -> tuple[Referral, Viewer] | None:
    """
    Somebody one of these teams holds whose name is known, not chosen before; and who decides. Where they
    hold nobody at that hour, somebody whom any team holds.
    """
    for team in dict.fromkeys((*teams, *shift.roster.teams)):
        if team in shift.closed or team == but_not:
            continue
        for referral in shift.place.held(shift.roster.team_id(team), limit=LOOKED_THROUGH):
            if referral.person_id is None or referral.person_id in shift.told_of:
                continue
            case = shift.place.case(referral.id)
            by = shift.who_holds(case, act) if case.holding is not None else None
            if by is not None and access.may_do(by, act, at=shift.at):
                shift.told_of.add(referral.person_id)
                return referral, by
    return None


def known(referral: Referral) -> UUID:
    assert referral.person_id is not None, "chosen because it is known"
    return referral.person_id


# How long before the present, and what is decided then. The seals come last: whoever is sealed would
# have to be found again by those who answer.
SCENES: tuple[tuple[timedelta, Callable[[Shift], None]], ...] = (
    (
        timedelta(days=9),
        partial(share, givers=(*MINDS, *COUNCIL, *NURSES), to="befriending", grounds=AGREED, ends=True),
    ),
    (timedelta(days=3), partial(share, givers=NURSES, to="asc", grounds=EXPECTED, ends=False)),
    (timedelta(hours=26), partial(share, givers=MINDS, to="cafe", grounds=AGREED, ends=False)),
    (timedelta(hours=5), partial(override, givers=("tenancy", "options", *NURSES), to="safeguarding")),
    (timedelta(hours=4), partial(tell_about, teams=(*MINDS, "recovery"))),
    (timedelta(hours=3), partial(tell_about, teams=(*NURSES, *COUNCIL))),
    (timedelta(minutes=4), partial(permit, teams=("recovery", "carer_support", *MINDS, *COUNCIL, *NURSES))),
    (timedelta(minutes=3), partial(seal, teams=("recovery", "carer_support", *MINDS))),
    (timedelta(minutes=2), partial(restrict, teams=("safeguarding", "asc", *MINDS), against="befriending")),
)
