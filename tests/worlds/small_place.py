"""
A small invented place, stored through the real journeys: an agency or two, teams, members.

`SmallPlace.begin()` enters it; the rest of the world is made by acting in it, as people would.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewReferral
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.triage import Decision

NINE = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
ASK = Message(
    why_urgent="Not slept for four nights and frightened.",
    summary="Lives with her mum, who rang.",
    done="Talked it through; safe for tonight with her mum.",
    ask="Please see her at home tomorrow morning.",
    watch_for="Ring us if she stops eating or drinking.",
    told="She knows that you will ring before coming.",
    sharing_basis="consent",
)
SOON = Decision(urgency="urgent", needs=("mental",), why="Not slept, hearing voices, her mum is worried.")


@dataclass
class SmallPlace:
    """Three teams of two agencies; every act takes the next minute of the clock."""

    at: datetime = NINE
    viewers: dict[str, Viewer] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> "SmallPlace":
        from nowrongdoor.journeys import agencies

        place = cls()
        health = Agency(uuid4(), "Averley Mental Health", "mental_health", "England")
        council = Agency(uuid4(), "Averley Council", "council", "England")
        rows: list[Any] = [health, council]
        for agency, name in ((health, "Front door"), (health, "Crisis team"), (council, "Social care")):
            team = Team(uuid4(), agency.id, name, f"{name} work", "01632 960001", True, SINCE, None, None)
            place.teams[name] = team.id
            rows.append(team)
            for who, role in (("Amir", "triage_clinician"), ("Priya", "team_member"), ("Lou", "team_lead")):
                member = Member(uuid4(), f"{who} of {name}", role.replace("_", " ").capitalize())
                membership = Membership(uuid4(), member.id, team.id, role, SINCE, None)
                rows += [member, membership]
                place.viewers[f"{who} of {name}"] = Viewer(
                    member.id, member.name, role, team.id, team.name, agency.id, agency.name
                )
        # Each kind together, for they are then written at once: every test of a database begins here.
        rows.sort(key=lambda one: (Agency, Team, Member, Membership).index(type(one)))
        agencies.enter(facts=rows, by=place.viewers["Lou of Front door"], at=SINCE)
        return place

    @property
    def amir(self) -> Viewer:
        """The triage clinician at the front door."""
        return self.viewers["Amir of Front door"]

    @property
    def priya(self) -> Viewer:
        """A member of the crisis team."""
        return self.viewers["Priya of Crisis team"]

    @property
    def sam(self) -> Viewer:
        """A member of social care, another agency."""
        return self.viewers["Priya of Social care"]

    def later(self, **by: int) -> datetime:
        self.at += timedelta(**(by or {"minutes": 1}))
        return self.at

    def a_person(self, **known: Any) -> UUID:
        from nowrongdoor.journeys import people

        details = Details(**{"family_name": "Ali", "given_names": "Maryam", **known})
        person_id = uuid4()
        people.register(person_id=person_id, details=details, looked_at=[], by=self.amir, at=self.later())
        return person_id

    def a_referral(self, *, person_id: UUID | None = None, by: Viewer | None = None) -> UUID:
        from nowrongdoor.journeys import referrals

        if person_id is not None and by is not None:
            self.a_claim(person_id, by=by)
        referral_id = uuid4()
        referrals.refer(
            referral_id=referral_id,
            holding_id=uuid4(),
            person_id=person_id,
            contact_id=None,
            needs=["mental"],
            request="Please help her to sleep and feel safe.",
            words="I can't sleep, there are voices.",
            by=by or self.amir,
            at=self.later(),
        )
        return referral_id

    def a_claim(self, person_id: UUID, *, by: Viewer) -> None:
        """The person is in front of this member, who opens their record by saying so."""
        from nowrongdoor.journeys import openings

        openings.claim(
            opening_id=uuid4(), person_id=person_id, reason="in_contact", words="", by=by, at=self.later()
        )

    def a_contact(self, *, words: str = "Mum has not slept.", referred: bool = True) -> tuple[UUID, UUID]:
        from nowrongdoor.journeys import contacts

        contact_id, referral_id = uuid4(), uuid4()
        contacts.receive(
            contact_id=contact_id,
            said=Said(channel="telephone", words=words),
            outcome="handed_over" if referred else "advice_given",
            callback_id=uuid4(),
            happened_at=self.at,
            referral=NewReferral(referral_id, uuid4(), ["mental"], "Help her sleep") if referred else None,
            by=self.amir,
            at=self.later(),
        )
        return contact_id, referral_id

    def an_offer(self, *, to: str = "Crisis team", referral_id: UUID | None = None) -> UUID:
        """A triaged referral, offered by the front door and not answered."""
        from nowrongdoor.journeys import triage

        handover_id = uuid4()
        triage.hand_on(
            referral_id=referral_id or self.a_referral(),
            decision=SOON,
            handover_id=handover_id,
            to_team_id=self.teams[to],
            message=ASK,
            by=self.amir,
            at=self.later(),
            seen=1,
        )
        return handover_id
