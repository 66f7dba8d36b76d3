"""
What passes on when the holder is gone: to the team when a member leaves it, to the successor when the team
closes. Said to whoever decides, before they decide.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.data.agencies.facts import MEMBERS, MEMBERSHIPS, TEAMS
from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.holdings.models import ReHoming as ReHomingRow
from nowrongdoor.kernel.journal.latest import latest
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import team_record
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules import agency
from nowrongdoor.rules.agency import Member, Membership, Team
from nowrongdoor.rules.change import Missing, Refused


@dataclass(frozen=True)
class Stays:
    """What one team keeps when a member leaves it: held and owed by name until then."""

    team_name: str
    agency_name: str
    holds: int
    owes: int


@dataclass(frozen=True)
class Gone:
    """A member has left: when, who recorded it, and the words that went with what they held."""

    when: datetime
    by_member_id: UUID | None
    by_name: str
    words: str


@dataclass(frozen=True)
class Leaving:
    """A member who may leave. `why_not` is the rule's refusal; `gone` says that they have left already."""

    member: Member
    stays: tuple[Stays, ...]
    why_not: str
    gone: Gone | None


@dataclass(frozen=True)
class Passing:
    """What passes to the successor when the viewer's team closes, and what of its offers is withdrawn."""

    team: Team
    successor_name: str
    people: int
    referrals: int
    owed: int
    asked_of_us: int
    asked_by_us: int
    workers: int


def leaving(member_id: UUID, *, viewer: Viewer, at: datetime) -> Leaving:
    """
    What becomes of what a member of the viewer's team holds and owes when they leave. Four statements.

    Raises `Missing` for somebody who never worked for this team.
    """
    rows = MembershipRow.objects.filter(member_id=member_id).order_by("-from_at", "pk")
    columns = (*under(MEMBERSHIPS), *under(TEAMS, "team"), *under(MEMBERS, "member"), "team__agency__name")
    found: list[tuple[Membership, Team, Member, str]] = []
    for values in rows.values_list(*columns):
        cells = Cells(values)
        found.append((cells.facts(MEMBERSHIPS), cells.facts(TEAMS), cells.facts(MEMBERS), cells.take()))
    if viewer.team_id not in {team.id for _, team, _, _ in found}:
        raise Missing(MEMBERS.name)
    member = found[0][2]
    works = {team.id: (team, name) for one, team, _, name in found if one.until_at is None}
    if not works:
        return Leaving(member, (), "", _gone([one for one, *_ in found], viewer))
    others = MembershipRow.objects.filter(team_id__in=works, until_at=None).exclude(member_id=member_id)
    colleagues = [MEMBERSHIPS.of(values) for values in others.values_list(*MEMBERSHIPS.columns)]
    with connection.cursor() as cursor:
        cursor.execute(BY_NAME, {"member": member_id, "teams": list(works)})
        named = {team_id: (holds, owes) for team_id, holds, owes in cursor.fetchall()}
    stays = tuple(Stays(team.name, name, *named[team.id]) for team, name in works.values())
    why_not = ""
    places = agency.own_places([one for one, *_ in found])
    try:
        agency.need_own_agency([works[key][0] for key in places], agency_id=viewer.agency_id)
    except Refused as refusal:
        # Somebody who is lent here: what they hold where they are at home is told of there.
        return Leaving(member, (), refusal.words, None)
    try:
        # Tried as it would be done, and thrown away: the rule itself says why it may not be.
        agency.leave(
            [one for one, *_ in found],
            teams=[team for team, _ in works.values()],
            colleagues=colleagues,
            at=at,
        )
    except Refused as refusal:
        why_not = refusal.words
    return Leaving(member, stays, why_not, None)


def closing(*, viewer: Viewer, at: datetime) -> Passing:
    """What would pass on if the viewer's team closed at this instant. Two statements."""
    team, _, successor_name = team_record.about(viewer.team_id)
    with connection.cursor() as cursor:
        cursor.execute(PASSING, {"team": viewer.team_id})
        return Passing(team, successor_name, *cursor.fetchone())


def closed_with(*, viewer: Viewer) -> Gone | None:
    """Who closed the viewer's team, when, and with which words; none while it is open."""
    team, _, _ = team_record.about(viewer.team_id)
    if team.closed_at is None:
        return None
    entry = latest(TEAMS.name, team.id)
    return Gone(
        team.closed_at,
        entry.by_member_id if entry else None,
        entry.by_name if entry else "",
        _words("team_closed", team.id, team.closed_at),
    )


def _gone(memberships: list[Membership], viewer: Viewer) -> Gone | None:
    ended = max((one for one in memberships if one.until_at), key=lambda one: one.until_at, default=None)
    if ended is None or ended.until_at is None:
        return None
    entry = latest(MEMBERSHIPS.name, ended.id)
    return Gone(
        ended.until_at,
        entry.by_member_id if entry else None,
        entry.by_name if entry else "",
        _words("member_left", viewer.team_id, ended.until_at),
    )


def _words(reason: str, team_id: UUID, at: datetime) -> str:
    """What was said when all a team or a member held passed on; nothing when nothing did."""
    rows = ReHomingRow.objects.filter(reason=reason, from_team_id=team_id, re_homed_at=at)
    return rows.values_list("words", flat=True).first() or ""


BY_NAME = """
    SELECT t.id,
           (SELECT count(*) FROM holdings_holding h
             WHERE h.team_id = t.id AND h.member_id = %(member)s AND h.until_at IS NULL),
           (SELECT count(*) FROM promises_promise d
             WHERE d.owner_team_id = t.id AND d.owner_member_id = %(member)s AND d.state = 'open')
    FROM agencies_team t WHERE t.id = ANY(%(teams)s)
"""

PASSING = """
    SELECT
      (SELECT count(DISTINCT coalesce(r.person_id, r.id)) FROM holdings_holding h
         JOIN referrals_referral r ON r.id = h.referral_id
        WHERE h.team_id = %(team)s AND h.until_at IS NULL),
      (SELECT count(*) FROM holdings_holding WHERE team_id = %(team)s AND until_at IS NULL),
      (SELECT count(*) FROM promises_promise WHERE owner_team_id = %(team)s AND state = 'open'),
      (SELECT count(*) FROM handovers_handover WHERE receiver_team_id = %(team)s AND state = 'offered'),
      (SELECT count(*) FROM handovers_handover WHERE giver_team_id = %(team)s AND state = 'offered'),
      (SELECT count(*) FROM agencies_membership WHERE team_id = %(team)s AND until_at IS NULL)
"""
