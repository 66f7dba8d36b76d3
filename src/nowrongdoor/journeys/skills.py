"""Skills and powers of a team's members: a lead enters one with its days, and ends one early."""

from datetime import date, datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERSHIPS
from nowrongdoor.data.visits.facts import SKILLS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, skill
from nowrongdoor.rules.change import AlreadyRecorded, Missing


@transaction
def enter(
    *,
    skill_id: UUID,
    member_id: UUID,
    kind: str,
    from_on: date,
    until_on: date | None,
    said_by: str,
    checked: str,
    by: Viewer,
    at: datetime,
) -> None:
    """
    A member of the viewer's team holds a skill or a power, from a day on.

    Nobody who is planned is sent elsewhere by it: who may be sent is asked each time a crew is chosen.
    Their place in the team is held, so that they do not leave meanwhile.
    """
    access.need(by, "skill.enter", at=at)
    # Before the rule, which would say that they hold it already: by this very form.
    if store.find(SKILLS, id=skill_id):
        raise AlreadyRecorded(skill_id)
    entered = skill.enter(
        skill_id=skill_id,
        member_id=member_id,
        kind=kind,
        from_on=from_on,
        until_on=until_on,
        said_by=said_by,
        checked=checked,
        works_here=_works_here(member_id, by=by),
        others=store.find(SKILLS, member_id=member_id),
        by=by.member_id,
        at=at,
    )
    store.save([entered], by=by, at=at)


@transaction
def end(*, skill_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    From now on a skill of a member of the viewer's team counts no more, for a reason.

    What is planned stays as it is, and the board says of each visit that it is not counted any more: a person
    decides who goes. Locks the skill only. Raises `Missing` for one of another team's member.
    """
    access.need(by, "skill.end", at=at)
    if not _works_here(store.peek(SKILLS, skill_id).member_id, by=by):
        raise Missing(SKILLS.name)
    one = store.lock(SKILLS, skill_id, seen=seen)
    store.save([skill.end(one, words=words, by=by.member_id, at=at)], by=by, at=at)


def _works_here(member_id: UUID, *, by: Viewer) -> bool:
    return bool(store.steady_where(MEMBERSHIPS, member_id=member_id, team_id=by.team_id, until_at=None))
