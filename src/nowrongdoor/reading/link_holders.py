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
from nowrongdoor.data.services.facts import CAPACITIES, PLACES_LINKS, SERVICES
from nowrongdoor.kernel import wall
from nowrongdoor.rules import answer_link, places_link
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.openreferral import searched
from nowrongdoor.rules.places_link import PlacesLink
from nowrongdoor.rules.words import HandoverState


@dataclass(frozen=True)
class Led:
    """
    A link that opens, and where it leads; `answered_by` and what follows once the offer has its answer.
    `holds` is whether the team holds the person by its acceptance of this offer still.
    """

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
    read_back: str
    holds: bool

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
    return _led(digest, goes_on=False, at=at)


def of_onward(digest: str, *, at: datetime) -> Led | None:
    """The same of a link by which a team that accepted goes on, whether it still holds or not."""
    return _led(digest, goes_on=True, at=at)


def _led(digest: str, *, goes_on: bool, at: datetime) -> Led | None:
    with connections[wall.engine()].cursor() as cursor:
        cursor.execute(LED, {"digest": digest, "goes_on": goes_on})
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
        giver.name, giver.phone, coalesce(answerer.name, ''), coalesce(following.name, ''), h.read_back,
        EXISTS (SELECT FROM holdings_holding held
            WHERE held.referral_id = h.referral_id AND held.handover_id = h.id AND held.until_at IS NULL)
    FROM handovers_answerlink l
    JOIN handovers_handover h ON h.id = l.handover_id
    JOIN referrals_referral r ON r.id = l.referral_id
    JOIN agencies_team team ON team.id = l.team_id AND team.closed_at IS NULL
    JOIN agencies_agency agency ON agency.id = team.agency_id
    JOIN agencies_team giver ON giver.id = h.giver_team_id
    LEFT JOIN agencies_member answerer ON answerer.id = h.answered_by_id
    LEFT JOIN agencies_team following ON following.id = h.next_team_id
    WHERE l.digest = %(digest)s AND l.goes_on = %(goes_on)s AND NOT EXISTS (
        SELECT FROM sharing_seal s
        WHERE s.lifted_at IS NULL
            AND (s.referral_id = r.id OR s.contact_id = r.contact_id
                OR (s.person_id = r.person_id AND s.referral_id IS NULL AND s.contact_id IS NULL)))
""").format(columns=sql.SQL(", ").join(sql.Identifier("l", name) for name in ANSWER_LINKS.columns))


@dataclass(frozen=True)
class LedToService:
    """A link of a service that opens, the service, and what it last said of its places."""

    link: PlacesLink
    service: Service
    said: Capacity | None
    team_name: str
    agency_id: UUID
    offered_by: str

    def holder(self) -> Viewer:
        """Whoever has the link."""
        return places_link.holder(
            self.link.id,
            self.link.team_id,
            service_name=self.service.name,
            team_name=self.team_name,
            agency_id=self.agency_id,
        )


def of_service(digest: str, *, at: datetime) -> LedToService | None:
    """Of which service a link is, while it opens. Two statements."""
    with connections[wall.engine()].cursor() as cursor:
        cursor.execute(OF_SERVICE, {"digest": digest})
        values = cursor.fetchone()
        if values is None:
            return None
        count, more = len(PLACES_LINKS.columns), len(SERVICES.columns)
        link, service = PLACES_LINKS.of(values[:count]), SERVICES.of(values[count : count + more])
        cursor.execute(LAST_SAID, {"service": service.id})
        said = cursor.fetchone()
    team, agency_id, by = values[count + more :]
    offered_by = by or searched.keeper_of(service.record)
    found = LedToService(link, service, CAPACITIES.of(said) if said else None, team, agency_id, offered_by)
    return found if link.opens(at=at) else None


OF_SERVICE = sql.SQL("""
    SELECT {link}, {service}, team.name, team.agency_id, coalesce(agency.name, '')
    FROM services_placeslink l
    JOIN services_service s ON s.id = l.service_id
    JOIN agencies_team team ON team.id = l.team_id
    LEFT JOIN agencies_agency agency ON agency.id = s.agency_id
    WHERE l.digest = %(digest)s
""").format(
    link=sql.SQL(", ").join(sql.Identifier("l", name) for name in PLACES_LINKS.columns),
    service=sql.SQL(", ").join(sql.Identifier("s", name) for name in SERVICES.columns),
)
LAST_SAID = sql.SQL("SELECT {} FROM services_capacity WHERE service_id = %(service)s").format(
    sql.SQL(", ").join(sql.Identifier(name) for name in CAPACITIES.columns)
)
