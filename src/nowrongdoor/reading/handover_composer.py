"""What whoever hands over needs before them: the referral as it stands, and every team that can be asked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.reading import open_teams, referral_record
from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.reading.referral_record import ReferralRecord
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import answering


@dataclass(frozen=True)
class Composer:
    """`answer_by` is when an offer made at this instant must be answered."""

    record: ReferralRecord
    teams: tuple[OpenTeam, ...]
    answer_by: datetime

    def team(self, team_id: UUID | None) -> OpenTeam | None:
        return next((one for one in self.teams if one.team.id == team_id), None)

    def team_of(self, service_id: UUID | None) -> OpenTeam | None:
        """The team that keeps this service, among those that can be asked."""
        found = (one for one in self.teams if any(each.id == service_id for each in one.services))
        return next(found, None)


def of(referral_id: UUID, *, seen: Vantage) -> Composer:
    """Six statements. Raises `Missing` when there is no such referral."""
    record = referral_record.of(referral_id, seen=seen)
    held = record.held_now
    teams = open_teams.with_services(but_not=held.holding.team_id if held else None)
    needs = set(record.about.referral.needs)
    # Teams with a service for a need of this person first; the order among them stays by agency.
    fitting = sorted(teams, key=lambda one: not any(needs & set(service.needs) for service in one.services))
    return Composer(record, tuple(fitting), answering.answer_by(record.about.referral, at=seen.at))
