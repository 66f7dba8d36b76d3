"""
A place just large enough to race in: a front door, two teams that may be asked, two members in each.

Entered and acted through the journeys, like everything else; the clock is its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from nowrongdoor.journeys import agencies, contacts, people, referrals
from nowrongdoor.reading import holder_lines
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.triage import Decision
from nowrongdoor.sim.people import nhs_numbers
from nowrongdoor.sim.streams import Streams

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
DECISION = Decision(urgency="urgent", needs=("mental",), why="Not slept, hearing voices, her mum is worried.")
MEMBERS = {
    "Front door": ("Amir Rahman", "Bethan Pugh"),
    "Crisis team": ("Priya Nair", "Lou Sowerby"),
    "Social care": ("Sam Okoro", "Nia Bevan"),
}


class Place:
    """Each pair of acts happens in the next minutes of the place's own clock."""

    def __init__(self, seed: int) -> None:
        self.chance = Streams(seed)["people"]
        self.nhs_numbers = nhs_numbers(Streams(seed)["numbers"])
        self.at = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
        self.teams: dict[str, UUID] = {}
        self.people: dict[str, Viewer] = {}
        self.known = 0
        self._enter()

    def __getitem__(self, first_name: str) -> Viewer:
        return self.people[first_name]

    def later(self, **by: int) -> datetime:
        self.at += timedelta(**(by or {"minutes": 1}))
        return self.at

    def _enter(self) -> None:
        health = Agency(uuid4(), "Averley Mental Health", "mental_health", "England")
        council = Agency(uuid4(), "Averley Council", "council", "England")
        rows: list[Agency | Team | Member | Membership] = [health, council]
        for name, names in MEMBERS.items():
            agency = council if name == "Social care" else health
            team = Team(uuid4(), agency.id, name, f"{name} work", "01632 960001", True, SINCE, None, None)
            self.teams[name] = team.id
            rows.append(team)
            for who in names:
                member = Member(uuid4(), who, "Practitioner")
                rows += [member, Membership(uuid4(), member.id, team.id, "triage_clinician", SINCE, None)]
                self.people[who.split()[0]] = Viewer(
                    member.id, who, "triage_clinician", team.id, name, agency.id, agency.name
                )
        agencies.enter(facts=rows, by=replace(self["Amir"], role="team_lead"), at=SINCE)

    def a_referral(self, *, by: Viewer | None = None) -> UUID:
        """New, and held at the front door."""
        referral_id = uuid4()
        referrals.refer(
            referral_id=referral_id,
            holding_id=uuid4(),
            person_id=None,
            contact_id=None,
            needs=["mental"],
            request="Please help her to sleep and feel safe.",
            words="I can't sleep, there are voices.",
            by=by or self["Amir"],
            at=self.later(),
        )
        return referral_id

    def an_offer(self) -> tuple[UUID, UUID]:
        """A referral that the front door holds and has offered to the crisis team: its id, the offer's id."""
        referral_id, handover_id = uuid4(), uuid4()
        contacts.receive(
            contact_id=uuid4(),
            said=Said(channel="telephone", words="Mum has not slept."),
            outcome="handed_over",
            callback_id=uuid4(),
            happened_at=self.at,
            referral=NewReferral(referral_id, uuid4(), ["mental"], "Help her to sleep."),
            offer=NewOffer(handover_id, self.teams["Crisis team"], ASK),
            by=self["Amir"],
            at=self.later(),
        )
        return referral_id, handover_id

    def a_re_homed_referral(self) -> tuple[UUID, UUID]:
        """Held at the front door since a colleague there left: its id, and that of its re-homing."""
        gone, by = Member(uuid4(), f"Colleague {letters(self.known)}", "Practitioner"), self["Amir"]
        self.known += 1
        works = Membership(uuid4(), gone.id, by.team_id, "triage_clinician", self.at, None)
        lead = replace(by, role="team_lead")
        agencies.enter(facts=[gone, works], by=lead, at=self.later())
        leaver = replace(by, member_id=gone.id, member_name=gone.name)
        referral_id = self.a_referral(by=leaver)
        agencies.leave(member_id=gone.id, words="A new post.", by=lead, at=self.later())
        moved = holder_lines.of([referral_id])[referral_id][-1].re_homing
        assert moved is not None
        return referral_id, moved.id

    def someone(self, *, with_number: bool) -> Details:
        """Details of an invented person whom nobody has registered yet."""
        self.known += 1
        return Details(
            family_name=f"Hebden {letters(self.known)}",
            given_names=self.chance.one_of(("Maryam", "Owain", "Jean", "Kofi", "Zofia")),
            born_on=date(1950, 1, 1) + timedelta(days=self.chance.randrange(20_000)),
            nhs_number=next(self.nhs_numbers) if with_number else "",
        )

    def a_person(self) -> UUID:
        person_id = uuid4()
        people.register(
            person_id=person_id,
            details=self.someone(with_number=True),
            looked_at=[],
            by=self["Amir"],
            at=self.later(),
        )
        return person_id


def letters(number: int) -> str:
    """A number as letters, so that no two invented people share a name."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
