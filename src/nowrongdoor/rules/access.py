"""
Who may do what, and who may see whom.

To do: the role permits the act, and the act belongs to the viewer's team. To see: the role permits it,
*and* the viewer has a part in the person's care (held, offered, taking part, or lately so), *and* the
purpose fits, *and* nothing is sealed from them. Parts follow from rows (`rules.participation`); what
a role sees, for which purpose, and for how long a part still counts is dated data (`law.seeing`).

`data.participations.scopes` asks the same of PostgreSQL. Generated worlds hold the two equal.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.law.seeing import Reach, Sees
from nowrongdoor.rules.participation import Part, Participation
from nowrongdoor.rules.sight import BLIND, PLACE, Element, Relationship, Sealed, Sight, Standing, Viewer

__all__ = ["BLIND", "Element", "Relationship", "Sealed", "Sight", "Standing", "Viewer"]


# Ties that are the team's own and last while it is answerable for something.
CLOSE = frozenset({Relationship.HELD, Relationship.OFFERED, Relationship.PARTICIPATING})
# Ties that stand before the seal of a restricted person: close ones, breaking the glass, and being told of
# them to keep somebody safe. None but a close one of their own team stands before a seal against the viewer.
UNSEALS = CLOSE | {Relationship.LATELY, Relationship.BROKE_GLASS, Relationship.TOLD_TO_KEEP_SAFE}
NOW = {
    Part.HOLDS: Relationship.HELD,
    Part.OFFERED: Relationship.OFFERED,
    Part.TOOK_IN: Relationship.PARTICIPATING,
    Part.ANSWERED: Relationship.PARTICIPATING,
    Part.OWES: Relationship.PARTICIPATING,
    Part.RAISED: Relationship.PARTICIPATING,
    Part.SHARED: Relationship.SHARED,
    Part.CLAIMED: Relationship.CLAIMED,
    Part.BROKE_GLASS: Relationship.BROKE_GLASS,
}
# Once over, these let their team look for a while: to finish a note, to answer a question about it.
AFTERWARDS = {
    Part.HOLDS: "lately",
    Part.TOOK_IN: "lately",
    Part.ANSWERED: "lately",
    Part.OWES: "lately",
    Part.RAISED: "lately",
    Part.OFFERED: "lately_asked",
}
ORDER = {tie: place for place, tie in enumerate(Relationship)}


def may_do(viewer: Viewer, act: str, *, at: datetime) -> bool:
    """The viewer's role permits the act on that day."""
    return act in law.acts_of(viewer.role, on=local_date(at))


def need(viewer: Viewer, act: str, *, at: datetime, team_id: UUID | None = None, team: str = "") -> None:
    """
    Refuses an act the role does not permit, or that belongs to another team.

    `team_id` is the team whose act it is (the holder, the receiver, the owner of a promise);
    `team` is its name or part in words, for the refusal.
    """
    if not may_do(viewer, act, at=at):
        raise Refused(
            f"Your role ({viewer.role.replace('_', ' ')}) cannot do this. Ask your team lead.",
            code="role_does_not_permit",
        )
    if team_id is not None and team_id != viewer.team_id:
        raise Refused(
            f"Only {team or 'the team concerned'} can do this; you are working for {viewer.team_name}.",
            code="another_team",
        )


def sees(viewer: Viewer, *, at: datetime) -> Sees | None:
    """What the viewer's role may see for the viewer's purpose, or none where the purpose does not fit."""
    return seeing.for_purpose(viewer.role, viewer.purpose, on=local_date(at))


def looks_at_people(viewer: Viewer, *, at: datetime) -> bool:
    """The viewer's role looks after people: its team's lists show whom they are about."""
    fits = sees(viewer, at=at)
    return fits is not None and fits.reach is not Reach.NOBODY


def purpose(viewer: Viewer, *, at: datetime) -> str:
    """Why the viewer looks: as they said, or what is usual for their role."""
    fits = sees(viewer, at=at)
    return fits.purpose if fits else viewer.purpose


def relationship(viewer: Viewer, parts: Iterable[Participation], *, at: datetime) -> Relationship:
    """The closest tie these parts give the viewer at this instant."""
    return _closest(ties(viewer, parts, at=at))


def ties(viewer: Viewer, parts: Iterable[Participation], *, at: datetime) -> frozenset[Relationship]:
    """Every tie these parts give the viewer at this instant; none to whom they give none."""
    fits = sees(viewer, at=at)
    if fits is None:
        return frozenset()
    fitting = purposes(viewer, at=at) | {""}
    found = (_tie(viewer, fits, part, at=at) for part in parts if part.purpose in fitting)
    return frozenset(found) - {Relationship.NONE}


def purposes(viewer: Viewer, *, at: datetime) -> frozenset[str]:
    """What the viewer may look for: what they said, or any that their role has."""
    if viewer.purpose:
        return frozenset({viewer.purpose}) if sees(viewer, at=at) else frozenset()
    return frozenset(one.purpose for one in seeing.of_role(viewer.role, on=local_date(at)))


def _closest(found: Iterable[Relationship]) -> Relationship:
    return min(found, key=ORDER.__getitem__, default=Relationship.NONE)


def sight_of_person(viewer: Viewer, standing: Standing, *, at: datetime) -> Sight:
    """
    What the viewer may see of a person: nothing without a tie, and of a restricted person nothing
    without a tie that stands before the seal. Where a restricted person is, only those whose own team is
    answerable for something now may see: not who was, not a lead by another team, not who broke the glass,
    nor who was told to keep somebody safe.
    """
    fits = sees(viewer, at=at)
    found = ties(viewer, standing.parts, at=at)
    tie = _closest(found & UNSEALS if standing.is_restricted else found)
    if fits is None or tie is Relationship.NONE:
        return BLIND
    if not standing.is_restricted:
        return Sight(tie, fits.elements, fits.purpose)
    answers = is_close(viewer, standing.parts, at=at)
    against = any(one.is_restriction and is_against(viewer, one) for one in standing.seals)
    if against and not gives_way(viewer, standing.parts, at=at):
        return BLIND
    return Sight(tie, fits.elements if answers else fits.elements - PLACE, fits.purpose)


def sight_of_item(
    viewer: Viewer,
    standing: Standing,
    *,
    referral_id: UUID | None = None,
    contact_id: UUID | None = None,
    at: datetime,
) -> Sight:
    """
    What the viewer may see of one referral or contact.

    Those with a part in the item itself see it, sealed or not. Others need a tie to the person, the
    item unsealed, and a reason that reaches across agencies: their own agency took part in the item,
    somebody decided to share with it, or the glass was broken. Breaking the glass opens a seal, and so does
    being told of the person to keep somebody safe, but for where they are; neither opens one against them.
    """
    own = [part for part in standing.parts if _is_about(part, referral_id, contact_id)]
    direct = sight_of_person(viewer, Standing(tuple(own), standing.seals), at=at)
    kept = [one for one in standing.seals if _seals(one, referral_id, contact_id)]
    if any(is_against(viewer, one) for one in kept):
        return direct if gives_way(viewer, own, at=at) else BLIND
    if direct is not BLIND:
        return direct
    sight = sight_of_person(viewer, standing, at=at)
    found = ties(viewer, standing.parts, at=at)
    if sight is BLIND or Relationship.BROKE_GLASS in found:
        return sight
    if kept:
        told = Relationship.TOLD_TO_KEEP_SAFE in found
        return replace(sight, elements=sight.elements - PLACE) if told else BLIND
    own_agency = any(part.agency_id == viewer.agency_id for part in own)
    return sight if own_agency or may_cross(viewer, standing, at=at) else BLIND


def is_against(viewer: Viewer, one: Sealed) -> bool:
    """
    The seal keeps somebody safe from the viewer, or from whoever they work with: here, or in their own team
    where another agency lends them.
    """
    if one.against_member_id == viewer.member_id:
        return True
    return one.against_agency_id is not None and one.against_agency_id in (
        viewer.agency_id,
        viewer.lent_by_agency_id,
    )


def gives_way(viewer: Viewer, parts: Iterable[Participation], *, at: datetime) -> bool:
    """
    A seal against the viewer gives way to what their own team is answerable for now, so that the person is
    not left with nobody. Not for one whom another agency lent: colleagues of the team itself are there.
    """
    return viewer.lent_by_agency_id is None and is_close(viewer, parts, at=at)


def is_close(viewer: Viewer, parts: Iterable[Participation], *, at: datetime) -> bool:
    """The viewer's own team is answerable for something now."""
    return bool(ties(viewer, (one for one in parts if one.team_id == viewer.team_id), at=at) & CLOSE)


def may_cross(viewer: Viewer, standing: Standing, *, at: datetime) -> bool:
    """Somebody decided to share with the viewer's agency what others know, for the viewer's purpose, or
    the viewer broke the glass; and it still stands."""
    why = purposes(viewer, at=at) | {""}
    return any(
        _lasts(part, at)
        and (
            (part.part == Part.SHARED and part.agency_id == viewer.agency_id and part.purpose in why)
            or (part.part == Part.BROKE_GLASS and part.member_id == viewer.member_id)
        )
        for part in standing.parts
    )


def _tie(viewer: Viewer, fits: Sees, part: Participation, *, at: datetime) -> Relationship:
    if not _reaches(viewer, fits.reach, part):
        return Relationship.NONE
    if _lasts(part, at):
        return Relationship.TOLD_TO_KEEP_SAFE if keeps_safe(part) else NOW[Part(part.part)]
    return Relationship.LATELY if _lasted_lately(part, at) else Relationship.NONE


def keeps_safe(part: Participation) -> bool:
    """Told of the whole person without consent, to keep somebody safe: for no one purpose, of no one item."""
    return part.part == Part.SHARED and not part.purpose and part.referral_id is None


def _reaches(viewer: Viewer, reach: Reach, part: Participation) -> bool:
    if part.member_id is not None:
        return part.member_id == viewer.member_id and reach is not Reach.NOBODY
    if reach is Reach.TEAM:
        return part.team_id == viewer.team_id
    return reach is Reach.AGENCY and part.agency_id == viewer.agency_id


def _lasts(part: Participation, at: datetime) -> bool:
    return part.from_at <= at and (part.until_at is None or at < part.until_at)


def _lasted_lately(part: Participation, at: datetime) -> bool:
    if part.until_at is None or not part.from_at <= part.until_at <= at:
        return False
    code = AFTERWARDS.get(Part(part.part))
    return code is not None and at < part.until_at + seeing.lasts(code, at=at)


def _is_about(part: Participation, referral_id: UUID | None, contact_id: UUID | None) -> bool:
    by_referral = referral_id is not None and part.referral_id == referral_id
    return by_referral or (contact_id is not None and part.contact_id == contact_id)


def _seals(one: Sealed, referral_id: UUID | None, contact_id: UUID | None) -> bool:
    by_referral = referral_id is not None and one.referral_id == referral_id
    return by_referral or (contact_id is not None and one.contact_id == contact_id)
