"""A small place of two agencies, a few people on record more than once, and what anybody does there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.merging import Found, Merge
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sealing import Against, Seal
from nowrongdoor.sim.rows import Rows
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.verbs.merges import Merges
from nowrongdoor.sim.world import PureWorld

BEGINS = datetime(2026, 11, 2, 9, tzinfo=UTC)
TEAMS = 4
PASSES = timedelta(minutes=7)
WORDS = "Said in a few words."
OUTSIDE = UUID(int=1)
Acts = Callable[[Rows], Merges]


@dataclass
class Place:
    """The place and whoever is in it. `did` is what was done, in order."""

    world: PureWorld
    chance: Stream
    viewers: list[Viewer] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    did: list[str] = field(default_factory=list)
    at: datetime = BEGINS

    @property
    def rows(self) -> Rows:
        return self.world.rows

    def act(self, what: str, **asked: object) -> bool:
        """One act, done or refused."""
        self.at += PASSES
        noun, verb = what.split(".")
        try:
            getattr(getattr(self.world, noun), verb)(at=self.at, **asked)
        except (Refused, Missing):
            return False
        self.did.append(what)
        return True

    def lead(self) -> Viewer:
        return self.chance.one_of([one for one in self.viewers if one.role == "team_lead"])


def found(chance: Stream, acts: Acts) -> Place:
    """Two agencies with two teams each; five records, each in the care of one team or two."""
    place = Place(PureWorld(), chance)
    place.world.merges = acts(place.rows)
    agencies = [Agency(chance.id(), f"Agency {number}", "council", "England and Wales") for number in (1, 2)]
    founder = Viewer(chance.id(), "Founder", "team_lead", chance.id(), "", agencies[0].id)
    place.act("agencies.enter", facts=agencies, by=founder)
    for number in range(TEAMS):
        _open(place, agencies[number % 2], number, founder)
    for number in range(chance.randrange(4, 7)):
        _register(place, number)
    return place


def _open(place: Place, agency: Agency, number: int, founder: Viewer) -> None:
    team = Team(place.chance.id(), agency.id, f"Team {number}", "", "", True, place.at, None, None)
    place.act("agencies.enter", facts=[team], by=founder)
    for role in ("team_lead", "team_member"):
        member = Member(place.chance.id(), f"{role} {number}", role)
        works = Membership(place.chance.id(), member.id, team.id, role, place.at, None)
        place.act("agencies.enter", facts=[member, works], by=founder)
        place.viewers.append(Viewer(member.id, member.name, role, team.id, team.name, agency.id))


def _register(place: Place, number: int) -> None:
    key, by = place.chance.id(), place.chance.one_of(place.viewers)
    details = Details(family_name=f"Person{number}", given_names="One", born_on_unknown="not_asked",
                      nhs_number_unknown="not_asked", phone_unknown="not_asked",
                      address_unknown="not_asked")  # fmt: skip
    if place.act("people.register", person_id=key, details=details, looked_at=[], by=by):
        place.people.append(key)
        refer(place, key, by)


def refer(place: Place, person_id: UUID, by: Viewer) -> None:
    """Somebody takes a request in: held, with its clock, and now and then with something promised."""
    key = place.chance.id()
    asked = {"person_id": person_id, "contact_id": None, "needs": ["housing"], "request": WORDS, "words": ""}
    taken = place.act("referrals.refer", referral_id=key, holding_id=place.chance.id(), by=by, **asked)
    if taken and place.chance.happens(0.4):
        place.act(
            "promises.make", promise_id=place.chance.id(), kind="call_back", words=WORDS, due_at=None,
            contact_id=None, referral_id=key, person_id=None, by=by,
        )  # fmt: skip


def _propose(place: Place) -> None:
    one, other = place.chance.one_of(place.people), place.chance.one_of(place.people)
    alike = Found(one, other, 10.0, "same birth date and postcode", "steward")
    place.act("merges.propose", found=[alike], by=place.lead())


def merge(place: Place) -> None:
    """Two records that are known of become one person's, by a lead."""
    known = _any(place, Merge)
    if known is not None:
        stays = place.chance.one_of((known.one_id, known.other_id))
        place.act("merges.merge", merge_id=known.id, stays_id=stays, words=WORDS, by=place.lead(),
                  seen=known.version)  # fmt: skip


def undo(place: Place, merge_id: UUID) -> bool:
    """By whoever decided it."""
    known = place.rows.one(Merge, merge_id)
    by = next(one for one in place.viewers if one.member_id == known.decided_by_id)
    return place.act("merges.unmerge", merge_id=merge_id, words=WORDS, by=by, seen=known.version)


def again(place: Place, merge_id: UUID) -> bool:
    """What was undone is done again, by the same."""
    known = place.rows.one(Merge, merge_id)
    by = next(one for one in place.viewers if one.member_id == known.decided_by_id)
    return place.act("merges.merge", merge_id=merge_id, stays_id=known.one_id, words=WORDS, by=by,
                     seen=known.version)  # fmt: skip


def _unmerge(place: Place) -> None:
    known = _any(place, Merge)
    if known is not None:
        place.act("merges.unmerge", merge_id=known.id, words=WORDS, by=place.lead(), seen=known.version)


def _apart(place: Place) -> None:
    known = _any(place, Merge)
    if known is not None and place.chance.happens(0.3):
        place.act("merges.keep_apart", merge_id=known.id, words=WORDS, by=place.lead(), seen=known.version)


def _seal(place: Place) -> None:
    """Mostly a whole person; against nobody, an agency, or one member of it."""
    luck, by = place.chance.random(), place.chance.one_of(place.viewers)
    referral = _any(place, Referral) if luck < 0.2 else None
    other = place.chance.one_of(place.viewers)
    against = (
        Against(agency_id=other.agency_id)
        if luck > 0.85
        else Against(member_id=other.member_id)
        if luck > 0.7
        else Against()
    )
    place.act(
        "seals.put", seal_id=place.chance.id(), contact_id=None, why="asked", words=WORDS, against=against,
        person_id=None if referral else place.chance.one_of(place.people),
        referral_id=referral.id if referral else None, by=by,
    )  # fmt: skip


def _lift(place: Place) -> None:
    sealed = _any(place, Seal)
    if sealed is not None:
        place.act("seals.lift", seal_id=sealed.id, words=WORDS, by=place.lead(), seen=sealed.version)


def _claim(place: Place) -> None:
    place.act(
        "openings.claim", opening_id=place.chance.id(), person_id=place.chance.one_of(place.people),
        reason="identity", words="", by=place.chance.one_of(place.viewers),
    )  # fmt: skip


def _refer(place: Place) -> None:
    refer(place, place.chance.one_of(place.people), place.chance.one_of(place.viewers))


def _any(place: Place, kind: type) -> object:
    rows = list(place.rows.every(kind))
    return place.chance.one_of(rows) if rows else None


ACTS: list[tuple[float, Callable[[Place], None]]] = [
    (5, _propose), (7, merge), (3, _unmerge), (1, _apart), (4, _seal), (2, _lift), (1, _claim), (1, _refer),
]  # fmt: skip
