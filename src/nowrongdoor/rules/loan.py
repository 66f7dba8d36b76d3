"""
A loan: a member of one team works for another for a while, in a role for visits, beside their own place.

It is a place in the team that borrows them, so that all they do there is done for that team. To another
agency it rests on an agreement that lends crews. Its time ends nothing by itself: somebody may be at a door.
A person ends it, or lends on; until then they are given no seat in a crew.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import agency, crew, law
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.change import Refused, Step, Steps, began, changed, need_words
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.law import seeing

ROLES = "lent_roles"
OVER = "Whoever sat in it is lent to this team no more."


def lend(
    *,
    membership_id: UUID,
    member_id: UUID,
    role: str,
    until_at: datetime,
    own: Team,
    to: Team,
    works: Sequence[Membership],
    agreed: Agreement | None,
    by: UUID,
    at: datetime,
) -> Step:
    """
    A member of `own` works for `to` as well, until a time; one who is lent there already, for longer.

    `works` are all places of theirs that run, `agreed` the agreement in force between two agencies. Refuses
    to lend oneself, somebody who is only lent to one's team, without an agreement, in a role that is not for
    visits, to a team they work for, and for no time or too long a one.
    """
    if member_id == by:
        raise Refused(
            "Somebody else lends you. Ask another lead of your team.", code="lends_oneself", field="member"
        )
    if own.id not in agency.own_places(works):
        raise Refused("Choose somebody who works for your team.", code="not_of_the_team", field="member")
    law.code(ROLES, role, at=at, field="role")
    agency.need_open(to)
    if to.agency_id != own.agency_id and agreed is None:
        raise Refused(
            "No agreement that is in force lends crews between your two agencies. Ask your information "
            "governance lead, or ask that team along to a visit.",
            code="no_agreement_lends",
            field="team",
        )
    _need_time(until_at, at=at)
    under = agreed.id if agreed is not None and to.agency_id != own.agency_id else None
    there = next((one for one in works if one.team_id == to.id and one.until_at is None), None)
    if there is None:
        return began(
            "membership.began",
            Membership(
                membership_id, member_id, to.id, role, at, None, lent_by_team_id=own.id, lent_by_id=by,
                lent_until_at=until_at, lent_under_id=under,
            ),
        )  # fmt: skip
    if there.lent_by_team_id != own.id or there.lent_until_at is None:
        raise Refused("They work for that team already.", code="works_there_already", field="team", of=there)
    if until_at <= there.lent_until_at:
        raise Refused(
            "They are lent to that team until then, or for longer, already. End the loan to have them back "
            "sooner.",
            code="lent_already",
            field="until_on",
            of=there,
        )
    return changed(there, "membership.lent_on", role=role, lent_until_at=until_at, lent_under_id=under)


def end(
    loan: Membership,
    *,
    team: Team,
    colleagues: Sequence[Membership],
    crews: Sequence[Crew],
    seats: Sequence[Seat],
    waiting: Sequence[object],
    words: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    They work for the team that borrowed them no more: their seats in its crews end, and the shift of a crew
    in which nobody else sits. `crews` and `seats` are those of this team in which they sit, with everybody in
    them; `waiting` are the visits these crews have still to do or finish.

    Refuses while such a visit is not over, and to leave an open team with nobody.
    """
    if not loan.is_loan:
        raise Refused("This is their own place in the team.", code="not_a_loan")
    if loan.until_at is not None:
        raise Refused("This loan is over already.", code="loan_over", of=loan)
    if at <= loan.from_at:
        raise Refused("They were lent a moment ago. Look again before you act.", code="too_soon")
    if waiting:
        raise Refused(
            "A crew they sit in still has a visit. Finish it, or give it to another crew, first.",
            code="crew_has_a_visit",
            of=waiting[0],
        )
    agency.need_somebody(team, staffed=any(one.until_at is None for one in colleagues))
    need_words(words, field="words", ask="Say why the loan ends, for whoever plans.")
    steps: list[Step] = [changed(loan, "membership.ended", until_at=at, ended_words=words.strip())]
    for one in crews:
        sits = [seat for seat in seats if seat.crew_id == one.id and seat.until_at > at]
        if all(seat.member_id == loan.member_id for seat in sits) and one.ends_at > at:
            steps += crew.end(one, seats=sits, waiting=(), words=OVER, by=by, at=at)
        else:
            steps += [crew.leave(seat, at=at) for seat in sits if seat.member_id == loan.member_id]
    return tuple(steps)


def may_end(loan: Membership, *, by_member: UUID, by_team: UUID, leads: bool) -> bool:
    """Whoever lends for either team may, and the member themself."""
    return by_member == loan.member_id or (leads and by_team in (loan.team_id, loan.lent_by_team_id))


def need_may_end(loan: Membership, *, by_member: UUID, by_team: UUID, leads: bool) -> None:
    """Refuses everybody else."""
    if not may_end(loan, by_member=by_member, by_team=by_team, leads=leads):
        raise Refused(
            "A loan is ended by a lead of the team that lends or of the team that borrows, or by the member.",
            code="another_team",
        )


def is_over_time(loan: Membership, *, at: datetime) -> bool:
    """Its time has passed and nobody has ended it or lent on: that is due, and ends nothing."""
    return loan.until_at is None and loan.lent_until_at is not None and loan.lent_until_at <= at


def _need_time(until_at: datetime, *, at: datetime) -> None:
    if until_at <= at:
        raise Refused("This time is over already.", code="over_already", field="until_on")
    days = seeing.most("loan_days", at=at)
    if until_at > at + timedelta(days=days):
        raise Refused(
            f"One can be lent for {days} days at most, and then lent on.", code="too_long", field="until_on"
        )
