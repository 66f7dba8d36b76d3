"""What is done with a person's record: it is registered after a search, and corrected."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.merges.facts import MERGES
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, identity, merging, opening, person, review, withholding
from nowrongdoor.rules.change import Step, Steps
from nowrongdoor.rules.identifiers import nhs_digits
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.withholding import Parted
from nowrongdoor.rules.words import PromiseKind, PromiseState


@transaction
def register(
    *, person_id: UUID, details: Details, looked_at: Sequence[UUID], by: Viewer, at: datetime
) -> None:
    """
    Register someone, after the records that could be theirs have been looked at.

    Two members registering the same person wait for each other, and the second is shown the
    first one's record. Raises `Refused` for a candidate not looked at and for an NHS number that
    is taken; not by a restricted person of whom the member may not know, which is looked into instead. The
    record is open to whoever registers it for a while, as by a claim.
    """
    access.need(by, "person.register", at=at)
    parted = _parted(details, by=by, at=at)
    store.one_at_a_time(*_names(details))
    alike = [one for one in candidates(details) if one.id != person_id]
    kept = [one for one in alike if standing.is_kept(one.id, by=by, at=at)]
    registered = person.register(
        parted.details,
        person_id=person_id,
        candidates=[one for one in alike if one not in kept],
        looked_at=looked_at,
        waits=parted.waits,
        number_in_doubt=bool(kept),
        at=at,
    )
    claimed = opening.by_registering(
        person_id=person_id,
        member_id=by.member_id,
        team_id=by.team_id,
        purpose=access.purpose(by, at=at),
        at=at,
    )
    waits = _wait(parted, registered, by=by, at=at)
    store.save([registered, claimed, *_look_into(registered, kept, by=by, at=at), *waits], by=by, at=at)


@transaction
def correct(*, person_id: UUID, details: Details, by: Viewer, at: datetime, seen: int) -> None:
    """Change what is known of a person; what was believed before stays in the journal."""
    access.need(by, "person.correct", at=at)
    standing.need_person(person_id, by=by, at=at)
    parted = _parted(details, stood=store.peek(PEOPLE, person_id).know_first, by=by, at=at)
    store.one_at_a_time(*_names(details))
    known = store.lock(PEOPLE, person_id, seen=seen)
    number = identity.keys_of(details).number
    others = [one for one in (store.find(PEOPLE, nhs_number=number) if number else []) if one.id != person_id]
    kept = [one for one in others if standing.is_kept(one.id, by=by, at=at)]
    visible = [one for one in others if one not in kept]
    corrected = person.correct(
        known,
        parted.details,
        nhs_number_holder=identity.taken_by(visible, number=number, known=known),
        number_in_doubt=bool(kept),
        waits=parted.waits,
        at=at,
    )
    doubted = kept if known.nhs_number != number else []
    waits = _wait(parted, corrected, by=by, at=at)
    store.save([corrected, *_look_into(corrected, doubted, by=by, at=at), *waits], by=by, at=at)


def _parted(details: Details, *, stood: str = "", by: Viewer, at: datetime) -> Parted:
    """What stands and what waits; for what waits the team of whoever wrote it answers, so it must be open."""
    parted = withholding.part(details, stood=stood, at=at)
    if parted.waits:
        records.own_team(by)
    return parted


def _wait(parted: Parted, written: Step, *, by: Viewer, at: datetime) -> Steps:
    """What may keep help from them, for a second reader."""
    if not parted.waits:
        return ()
    known: Person = written.change.after
    waiting = store.find(
        PROMISES, person_id=known.id, kind=PromiseKind.SECOND_READING, state=PromiseState.OPEN
    )
    return withholding.wait(
        parted.waits,
        after=known.id,
        person=known,
        team_id=by.team_id,
        writer_id=by.member_id,
        open_promises=waiting,
        at=at,
    )


@transaction
def supersede(*, person_id: UUID, number: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    The NHS replaced this person's number: the new one stands, and by the old one they are still found. Where
    another record has it, nothing changes and the two are put before a steward: no two records share it.
    """
    access.need(by, "person.supersede", at=at)
    standing.need_not_restricted(person_id, by=by, at=at)
    digits = nhs_digits(number)
    store.one_at_a_time(f"nhs:{digits}")
    known = store.lock(PEOPLE, person_id, seen=seen)
    others = [one for one in store.find(PEOPLE, nhs_number=digits) if one.id != person_id]
    kept = [one for one in others if standing.is_kept(one.id, by=by, at=at)]
    superseded = person.supersede(known, number=number, number_in_doubt=bool(kept))
    visible = [one for one in others if one not in kept]
    if visible:
        asked = merging.propose(merging.by_number(person_id, visible[0].id, at=at), by=by.member_id, at=at)
        is_known = store.find(MERGES, id=asked.change.after.id)
        store.save([] if is_known else [asked], by=by, at=at)
        return
    store.save([superseded, *_look_into(superseded, kept, by=by, at=at)], by=by, at=at)


def _look_into(written: Step, kept: Sequence[Person], *, by: Viewer, at: datetime) -> list[Step]:
    """Whose number it is, where somebody who is kept from the member has it: for whoever keeps them."""
    held = identity.holder(kept, but_not=written.change.after.id) or next(iter(kept), None)
    if held is None:
        return []
    seal = store.find(SEALS, person_id=held.id, referral_id=None, contact_id=None, lifted_at=None)[0]
    return [
        review.of_number(
            written_id=written.change.after.id,
            version=written.change.after.version,
            restricted_id=held.id,
            member_id=by.member_id,
            agency_id=store.peek(TEAMS, seal.team_id).agency_id,
            at=at,
        )
    ]


def _names(details: Details) -> list[str]:
    """What two registrations of one person would have in common."""
    keys = identity.keys_of(details)
    number = [f"nhs:{keys.number}"] if keys.number else []
    return [*number, *([f"name:{keys.family}:{keys.given}"] if keys.has_name else [])]


def candidates(details: Details) -> list[Person]:
    """
    The records that could be this person's: same NHS number, or same name and not another birth date.

    Not those of restricted people, but for the number, which is one person's only: `register` and `correct`
    tell of none whom the member may not know of.
    """
    keys = identity.keys_of(details)
    found = store.find(PEOPLE, nhs_number=keys.number) if keys.number else []
    if keys.has_name:
        found += [
            one
            for one in store.find(PEOPLE, family_key=keys.family, given_key=keys.given)
            if identity.could_be(one, details) and one not in found and not _is_restricted(one.id)
        ]
    return found


def _is_restricted(person_id: UUID) -> bool:
    return bool(store.find(SEALS, person_id=person_id, referral_id=None, contact_id=None, lifted_at=None))
