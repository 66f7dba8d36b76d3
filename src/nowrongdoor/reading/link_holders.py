"""
What a link leads to, for whoever has it: the offer it answers and the two teams, and nothing about anybody.

Found by the digest of its secret over the connection that acts, as a session is found: whoever has a link is
of no agency until the link says of which. What the page then shows of a person is read behind the wall.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, connections
from psycopg import sql

from nowrongdoor.data.handovers.facts import ANSWER_LINKS
from nowrongdoor.kernel import wall
from nowrongdoor.rules import answer_link
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.words import HandoverState


@dataclass(frozen=True)
class Led:
    """A link that opens, and where it leads; `answered_by` and what follows once the offer has its answer."""

    link: AnswerLink
    state: str
    answer_by: datetime
    answered_at: datetime | None
    team_name: str
    agency_id: UUID
    agency_name: str
    giver_team: str
    giver_phone: str
    answered_by: str
    next_team: str

    @property
    def waits(self) -> bool:
        return self.state == HandoverState.OFFERED

    def holder(self, name: str) -> Viewer:
        """Whoever has the link, under the name they give."""
        return answer_link.holder(
            name,
            team_id=self.link.team_id,
            team_name=self.team_name,
            agency_id=self.agency_id,
            agency_name=self.agency_name,
        )


def of(digest: str, *, at: datetime) -> Led | None:
    """
    Where a link leads, while it opens: not once its time has passed, nor once it was taken back, nor where
    anything of what it is about was sealed since. One statement.
    """
    with connections[wall.engine()].cursor() as cursor:
        cursor.execute(LED, {"digest": digest})
        values = cursor.fetchone()
    if values is None:
        return None
    count = len(ANSWER_LINKS.columns)
    found = Led(ANSWER_LINKS.of(values[:count]), *values[count:])
    return found if found.link.opens(at=at) else None


def stand_for(agency_id: UUID) -> None:
    """Inside `wall.reading`: what is read from here on is what this agency may be shown."""
    if wall.is_reading():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.agency', %s, true)", [str(agency_id)])


LED = sql.SQL("""
    SELECT {columns}, h.state, h.answer_by, h.answered_at, team.name, team.agency_id, agency.name,
        giver.name, giver.phone, coalesce(answerer.name, ''), coalesce(following.name, '')
    FROM handovers_answerlink l
    JOIN handovers_handover h ON h.id = l.handover_id
    JOIN referrals_referral r ON r.id = l.referral_id
    JOIN agencies_team team ON team.id = l.team_id AND team.closed_at IS NULL
    JOIN agencies_agency agency ON agency.id = team.agency_id
    JOIN agencies_team giver ON giver.id = h.giver_team_id
    LEFT JOIN agencies_member answerer ON answerer.id = h.answered_by_id
    LEFT JOIN agencies_team following ON following.id = h.next_team_id
    WHERE l.digest = %(digest)s AND NOT EXISTS (
        SELECT FROM sharing_seal s
        WHERE s.lifted_at IS NULL
            AND (s.person_id = r.person_id OR s.referral_id = r.id OR s.contact_id = r.contact_id))
""").format(columns=sql.SQL(", ").join(sql.Identifier("l", name) for name in ANSWER_LINKS.columns))
